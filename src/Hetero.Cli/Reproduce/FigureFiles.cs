using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Drawing;
using Hetero.Cli.Figures;
using Hetero.Cli.Output;
using Hetero.Cli.Training;

namespace Hetero.Cli.Reproduce;

/// <summary>Writes the three files of a figure: numbers, picture and manifest.</summary>
internal static class FigureFiles
{
    /// <summary>Creates the directory, before any work is done for it.</summary>
    public static void Prepare(string directory)
    {
        const string Accepted = "a directory that exists or can be made, and can be written";
        if (directory.Length == 0)
        {
            throw UsageException.Of("--out", directory, Accepted);
        }

        try
        {
            Directory.CreateDirectory(directory);
            string probe = Path.Combine(directory, Path.GetRandomFileName());
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UsageException.Of("--out", directory, $"{Accepted} ({Shown.Of(exception.Message.TrimEnd('.'))})");
        }
    }

    /// <summary>Writes the files and returns their names.</summary>
    public static IReadOnlyList<string> Write(IFigure figure, FigureResult result, ReproduceRequest request)
    {
        string Name(string extension) => Path.Combine(request.Directory, figure.Name + extension);

        AtomicFile.WriteText("--out", Name(".csv"), result.Table.Write);
        AtomicFile.WriteText("--out", Name(".svg"), writer => writer.Write(SvgRenderer.Render(result.Chart)));
        using (AtomicFile manifest = AtomicFile.Open("--out", Name(".json")))
        {
            JsonText.WriteObject(manifest.Stream, json => WriteManifest(json, figure, result, request));
            manifest.Commit();
        }

        return [Name(".csv"), Name(".svg"), Name(".json")];
    }

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
        json.WriteEndObject();
        json.WriteStartObject("constants");
        foreach ((string name, double value) in result.Constants)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("verdicts");
        foreach (Verdict verdict in result.Verdicts)
        {
            json.WriteStartObject();
            json.WriteString("quantity", verdict.Quantity);
            json.WriteString("expected", verdict.Expected);
            json.WriteNumberOrWord("measured", verdict.Measured);
            if (verdict.Met is { } met && !request.IsQuick)
            {
                json.WriteBoolean("met", met);
            }
            else
            {
                json.WriteNull("met");
            }

            json.WriteString("verdict", verdict.Text(judged: !request.IsQuick));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (FigureRuns runs in result.Runs)
        {
            json.WriteStartObject();
            json.WriteString("name", runs.Name);
            json.WriteNumber("firstSeed", runs.Settings.Seed);
            json.WriteNumber("seeds", runs.Count);
            json.WriteNumber("diverged", runs.Diverged);
            json.WriteStartObject("settings");
            RunParametersJson.Write(json, runs.Settings);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
