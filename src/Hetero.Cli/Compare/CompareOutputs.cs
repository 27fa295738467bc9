using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Compare;

/// <summary>Where a comparison goes: the files that were asked for, and a table on standard output unless one of them goes there.</summary>
internal sealed class CompareOutputs : IDisposable
{
    private readonly OutputSet _outputs;
    private readonly List<(OutputFile File, Action<OutputFile, MethodComparison> Write)> _files = [];

    private CompareOutputs(CommandContext context, CompareRequest request)
    {
        _outputs = new OutputSet(context);
        try
        {
            Add("--out", request.Out, (file, comparison) => file.WriteText(comparison.WriteTable));
            Add("--bands", request.Bands, (file, comparison) => file.WriteText(comparison.WriteBands));
            Add("--per-seed", request.PerSeed, (file, comparison) => file.WriteText(comparison.WriteRuns));
            Add("--svg", request.Svg, (file, comparison) => file.WriteText(writer => writer.Write(SvgRenderer.Render(CompareChart.Draw(comparison, request.Seeds)))));
            Add("--json", request.Json, (file, comparison) => file.Write(
                stream => JsonText.WriteObject(stream, json => CompareManifest.Write(json, request, comparison))));
            if (!_files.Exists(output => output.File.IsStandardOutput))
            {
                _files.Add((_outputs.Open("hetero compare", null), (file, comparison) => file.WriteText(writer => CompareTable.Write(writer, comparison, request.Seeds))));
            }

            foreach ((string option, string path) in request.Inputs)
            {
                _outputs.CheckInput(option, path);
            }
        }
        catch
        {
            _outputs.Dispose();
            throw;
        }
    }

    /// <summary>Opens the outputs, before any work is done for them.</summary>
    /// <exception cref="UsageException">One of them cannot be written, or is another one or an input.</exception>
    public static CompareOutputs Open(CompareRequest request, CommandContext context) => new(context, request);

    /// <summary>Writes all of them.</summary>
    /// <exception cref="FailedException">One could not be written to the end; the others are.</exception>
    public void Write(MethodComparison comparison)
    {
        foreach ((OutputFile file, Action<OutputFile, MethodComparison> write) in _files)
        {
            _outputs.Try(() => write(file, comparison));
        }

        _outputs.ThrowIfFailed();
    }

    public void Dispose() => _outputs.Dispose();

    private void Add(string option, string? name, Action<OutputFile, MethodComparison> write)
    {
        if (name is not null)
        {
            _files.Add((_outputs.Open(option, name), write));
        }
    }
}
