using System.Text.Json;
using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Output;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Reproduce;

/// <summary>Writes the files of each figure: numbers, picture and manifest, and on request a table of the seeds.</summary>
internal sealed class FigureFiles
{
    private const string Option = "--out";

    private const string SeedsExtension = ".seeds.csv";

    private static readonly string[] Always = [".csv", ".svg", ".json"];

    private readonly OutputSet _outputs;
    private readonly ReproduceRequest _request;
    private readonly Dictionary<string, OutputFile> _files = [];

    /// <summary>Creates the directory and opens the files, before any work is done for them.</summary>
    /// <exception cref="UsageException">The directory or one of the files cannot be written.</exception>
    public FigureFiles(OutputSet outputs, IReadOnlyList<IFigure> figures, ReproduceRequest request)
    {
        (_outputs, _request) = (outputs, request);
        OutputDirectory.Prepare(Option, request.Directory);
        foreach (string name in figures.SelectMany(figure => ExtensionsOf(figure).Select(extension => NameOf(figure, extension))))
        {
            _files[name] = outputs.Open(Option, name);
        }
    }

    /// <summary>Writes a figure's files and returns the names of those that could be written.</summary>
    public IReadOnlyList<string> Write(IFigure figure, FigureResult result)
    {
        void WriteOne(string extension, OutputFile file)
        {
            switch (extension)
            {
                case ".csv":
                    file.WriteText(result.Numbers.Table.Write);
                    break;
                case SeedsExtension:
                    file.WriteText(SeedTable.Of(result.Numbers.Sweeps).Write);
                    break;
                case ".svg":
                    file.WriteText(writer => writer.Write(SvgRenderer.Render(result.Chart)));
                    break;
                default:
                    file.Write(stream => JsonText.WriteObject(stream, json => WriteManifest(json, figure, result, _request)));
                    break;
            }
        }

        return
        [
            .. from extension in ExtensionsOf(figure)
               let name = NameOf(figure, extension)
               where _outputs.Try(() => WriteOne(extension, _files[name]))
               select name,
        ];
    }

    /// <summary>Returns where a figure's finished runs are until it is.</summary>
    public KeptRuns KeptRunsOf(IFigure figure) => new(NameOf(figure, ".runs"));

    private IEnumerable<string> ExtensionsOf(IFigure figure) => _request.IsPerSeed && figure.KeepsRuns ? Always.Append(SeedsExtension) : Always;

    private string NameOf(IFigure figure, string extension) => Path.Combine(_request.Directory, figure.Name + extension);

    private static void WriteManifest(Utf8JsonWriter json, IFigure figure, FigureResult result, ReproduceRequest request)
    {
        json.WriteString("command", "reproduce");
        json.WriteString("figure", figure.Name);
        json.WriteString("description", figure.Description);
        HardwareJson.Write(json);
        json.WriteStartObject("parameters");
        json.WriteString("out", request.Directory);
        json.WriteNumber("seeds", request.Seeds);
        json.WriteNumber("seed", request.Seed);
        json.WriteBoolean("quick", request.IsQuick);
        json.WriteNumber("threads", request.Threads);
        json.WriteBoolean("per-seed", request.IsPerSeed);
        json.WriteEndObject();
        json.WriteStartObject("constants");
        foreach ((string name, double value) in result.Numbers.Constants)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("verdicts");
        foreach (Verdict verdict in result.Numbers.Verdicts)
        {
            json.WriteStartObject();
            json.WriteString("quantity", verdict.Quantity);
            json.WriteString("expected", verdict.Expected);
            json.WriteNumberOrWord("measured", verdict.Measured);
            if (verdict.Met is { } met && request.Judges(figure))
            {
                json.WriteBoolean("met", met);
            }
            else
            {
                json.WriteNull("met");
            }

            json.WriteString("verdict", verdict.Text(judged: request.Judges(figure)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (RunGroup runs in result.Numbers.Runs)
        {
            json.WriteStartObject();
            json.WriteString("name", runs.Name);
            json.WriteNumber("firstSeed", runs.Recipe.Seed);
            json.WriteNumber("seeds", runs.Count);
            json.WriteNumber("diverged", runs.Diverged);
            json.WriteStartObject("settings");
            RecipeJson.Write(json, runs.Recipe.Resolve());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
