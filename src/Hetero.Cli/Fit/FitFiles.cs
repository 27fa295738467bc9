using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>
/// The files of a fit in its directory, each whole or not there. The manifest comes last and has a hash of each of the others, so that files of two fits are not taken for those of one.
/// </summary>
internal sealed class FitFiles : IDisposable
{
    /// <summary>The option that names the directory.</summary>
    public const string Option = "--out";

    public const string Manifest = "fit.json";

    public const string Estimate = "estimate.npy";

    private const string Factor = "factor.npy", Second = "factor-2.npy", Pooled = "pooled.npy", TwoFits = "two-fits.npy", Picture = "fit.svg";
    private const string Rows = "trajectory.csv", Tuning = "tuning.csv", Failed = "failed-", StateExtension = ".state";

    private readonly HashSet<string> _inputs = [];
    private readonly OutputSet _outputs;
    private readonly FitRequest _request;
    private readonly Dictionary<string, OutputFile> _files = [];
    private readonly Dictionary<string, string> _hashes = [];
    private readonly bool _hasEarlierFit;
    private bool _hasWrittenState;

    private FitFiles(OutputSet outputs, FitRequest request, DataManifest data)
    {
        (_outputs, _request) = (outputs, request);
        OutputDirectory.Prepare(Option, request.Out);
        RunRecipe training = request.Recipe.Training;
        string[] factors = training.Model switch
        {
            ModelKind.Direct => [],
            ModelKind.Indefinite => [Factor, Second],
            _ => [Factor],
        };
        string[] states = request.CheckpointEvery is null
            ? []
            : [.. Enumerable.Range(0, request.Recipe.Seeds).Select(i => FormattableString.Invariant($"seed-{training.Seed + (ulong)i}")).Append("pooled")
                .Concat(request.Recipe.Tuning is null ? [] : [FitTuner<double>.Name]).Select(name => name + StateExtension)];
        string[] tables = request.Recipe.Tuning is null ? [Rows] : [Rows, Tuning];
        foreach (string name in (string[])[Estimate, .. factors, Pooled, TwoFits, .. tables, .. tables.Select(name => Failed + name), Picture, Manifest, .. states])
        {
            _files[name] = outputs.Open(Option, PathOf(name));
        }

        outputs.CheckInput("DATA", request.Data);
        string folder = Path.GetDirectoryName(Path.GetFullPath(request.Data)) ?? "";
        foreach (string name in data.Environments.SelectMany(environment => new[] { environment.Measurements, environment.Responses! }).Append(data.Truth).OfType<string>())
        {
            string file = ArrayName.Of(folder, name).File;
            outputs.CheckInput("DATA", file);
            _inputs.Add(Path.GetFullPath(file));
        }

        _hasEarlierFit = File.Exists(PathOf(Manifest));
    }

    /// <summary>Opens the files, before any work is done for them.</summary>
    /// <exception cref="UsageException">The directory or one of the files cannot be written, or is the data's.</exception>
    public static FitFiles Open(FitRequest request, DataManifest data, CommandContext context)
    {
        OutputSet outputs = new(context);
        try
        {
            FitFiles files = new(outputs, request, data);
            string[] states = files.FoundStates();
            if (request.IsResumed)
            {
                files.CheckSeeds();
                if (states.Length == 0)
                {
                    context.Warn($"'--resume' finds no states in '{Shown.Of(request.Out)}': the fit begins at step 0.");
                }
            }
            else if (states.Length > 0)
            {
                context.Warn($"'{Shown.Of(request.Out)}' has states of an earlier fit ({string.Join(", ", states)}), which this one replaces; '--resume' would go on from them.");
            }

            return files;
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }

    /// <summary>Gets whether there is a state of this fit to resume from: one that it has written, or began with.</summary>
    public bool HasStates => (_hasWrittenState || _request.IsResumed) && FoundStates().Length > 0;

    /// <summary>How states are kept; null if they are not.</summary>
    public FitSaving? Saving(CommandContext context, ProgressLine? progress)
    {
        string? warning = null;
        return _request.CheckpointEvery is { } every ? new FitSaving(every, Save, Read) : null;

        void Save(string name, Action<Stream> write)
        {
            try
            {
                _files[name + StateExtension].Write(write);
                _hasWrittenState = true;
            }
            catch (FailedException exception) when (exception.Message != warning)
            {
                progress?.Clear();
                context.Warn($"{name}: {exception.Message} The fit goes on.");
                warning = exception.Message;
            }
            catch (FailedException)
            {
                // It has been said.
            }
        }

        Stream? Read(string name)
        {
            string path = PathOf(name + StateExtension);
            return _request.IsResumed && File.Exists(path) ? File.OpenRead(path) : null;
        }
    }

    /// <summary>Writes all that the fit has come to; without a verdict the tables alone, under names of their own, so that what an earlier fit has left is not mixed with them.</summary>
    public void Write<T>(FitRequest request, DataManifest data, FitResult<T> result, FitVerdict? verdict)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string prefix = verdict is null || result.Chosen is null ? Failed : "";
        if (result.Tuning is { } tuning)
        {
            WriteText(prefix + Tuning, writer => FitTable.Write(tuning, writer));
        }

        if (result.AllRuns.Any())
        {
            WriteText(prefix + Rows, writer => FitTable.Write(result, writer));
        }

        if (verdict is null || result.Chosen is not { } chosen)
        {
            return;
        }

        int d = data.Dimension;
        WriteMatrix(Estimate, [.. FitSpectrum.Square<T>(d, [.. chosen.Estimate]).Select(T.CreateTruncating)], d, d);
        WriteMatrix(Pooled, [.. FitSpectrum.Square<T>(d, [.. result.Pooled!.Estimate]).Select(T.CreateTruncating)], d, d);
        if (result.TwoFits is { } other)
        {
            WriteMatrix(TwoFits, FitSpectrum.Square<double>(d, [.. other.Estimate]), d, d);
        }

        string[] factors = [.. new[] { Factor, Second }.Where(_files.ContainsKey)];
        for (int i = 0; i < factors.Length; i++)
        {
            int length = chosen.Parameters.Count / factors.Length;
            WriteMatrix(factors[i], [.. chosen.Parameters.Skip(i * length).Take(length)], d, length / d);
        }

        WriteText(Picture, writer => writer.Write(SvgRenderer.Render(FitChart.Draw(data, result, verdict))));
        _outputs.Try(() => _files[Manifest].Write(stream => JsonText.WriteObject(stream, json => FitManifest.Write(json, request, data, result, verdict, _hashes))));
    }

    /// <inheritdoc cref="OutputSet.ThrowIfFailed"/>
    public void ThrowIfFailed(string? ending) => _outputs.ThrowIfFailed(ending);

    /// <summary>
    /// Removes what a fit that is finished has no use for, and says so: its states, the tables of a fit that failed before it, and, where there was another fit, files of it that this one has not
    /// written, so that what stands in the directory is one fit.
    /// </summary>
    public void RemoveLeftovers(TextWriter writer)
    {
        string[] states = FoundStates();
        string[] others = [.. new[] { Failed + Rows, Failed + Tuning }.Concat(_hasEarlierFit ? [Factor, Second, TwoFits, Tuning] : [])
            .Where(name => !_hashes.ContainsKey(name) && File.Exists(PathOf(name)) && !_inputs.Contains(Path.GetFullPath(PathOf(name))))];
        Remove(states, "the states of this fit, which is finished");
        Remove(others, "files of an earlier fit that are not of this one");

        void Remove(string[] names, string what)
        {
            string[] removed = [.. names.Where(TryDelete)];
            if (removed.Length > 0)
            {
                writer.WriteLine($"removed: {what}: {string.Join(", ", removed)}");
            }
        }
    }

    public void Dispose() => _outputs.Dispose();

    /// <summary>Refuses states of seeds that this fit does not run: it would begin anew beside them, without a word.</summary>
    private void CheckSeeds()
    {
        string[] names = [.. Directory.EnumerateFiles(_request.Out, "seed-*" + StateExtension).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        if (names.FirstOrDefault(name => !_files.ContainsKey(name)) is { } other)
        {
            throw new UsageException(
                $"'--resume' meets '{Shown.Of(other)}' in '{Shown.Of(_request.Out)}', from a fit with another '--seed' or '--seeds'; accepted are states of the same fit, or a directory without any.");
        }
    }

    private string[] FoundStates() => [.. _files.Keys.Where(name => name.EndsWith(StateExtension, StringComparison.Ordinal) && File.Exists(PathOf(name)))];

    private bool TryDelete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It does no harm where it is.
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(_request.Out, name);

    private void WriteMatrix<T>(string name, T[] numbers, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => WriteBytes(name, stream => NpyWriter<T>.Write(stream, numbers, rows, columns));

    private void WriteText(string name, Action<TextWriter> write) => WriteBytes(name, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    private void WriteBytes(string name, Action<Stream> write)
    {
        using MemoryStream content = new();
        write(content);
        ReadOnlyMemory<byte> bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        _hashes[name] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes.Span))}";
        _outputs.Try(() => _files[name].Write(stream => stream.Write(bytes.Span)));
    }
}
