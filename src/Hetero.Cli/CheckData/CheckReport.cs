using System.Text.Json;
using Hetero.Cli.Output;
using Hetero.Experiments.Data;
using Hetero.Experiments.Values;

namespace Hetero.Cli.CheckData;

/// <summary>What was found in a data set, in lines for a person and as JSON.</summary>
/// <param name="File">The manifest's file.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="Rows">The rows of each environment.</param>
/// <param name="Findings">What was found.</param>
internal sealed record CheckReport(string File, DataManifest Manifest, IReadOnlyList<int> Rows, IReadOnlyList<DataFinding> Findings)
{
    /// <summary>Gets the number of findings that are problems.</summary>
    public int Problems => Findings.Count(finding => finding.IsProblem);

    /// <summary>Looks at the data.</summary>
    public static CheckReport Of(DataSet<double> data, CancellationToken cancellation)
        => new(data.File, data.Manifest, [.. data.Environments.Select(environment => environment.Responses.Length)], DataCheck.Find(data, cancellation));

    /// <summary>Writes a line for each finding, and what is behind them.</summary>
    public void WriteLines(TextWriter writer)
    {
        writer.WriteLine(
            $"{Shown.Of(File)}: {Texts.Of(Rows.Count)} {(Rows.Count == 1 ? "environment" : "environments")}, {Texts.Of(Rows.Sum(count => (long)count))} rows, d = {Texts.Of(Manifest.Dimension)}, "
            + $"{DataManifestJson.NameOf(Manifest.Layout)}; shapes fit, all numbers are finite");
        int width = Findings.Select(finding => finding.Check.Length).DefaultIfEmpty().Max();
        foreach (DataFinding finding in Findings.OrderBy(finding => !finding.IsProblem))
        {
            writer.WriteLine($"{(finding.IsProblem ? "problem" : "note   ")}  {finding.Check.PadRight(width)}  {finding.Text}");
        }

        writer.WriteLine(
            $"{(Problems == 0 ? "no problem" : Problems == 1 ? "1 problem" : $"{Texts.Of(Problems)} problems")}; by its moments alone, of Gaussian measurements at most one data set in "
            + $"{Texts.Of(Math.Round(1 / DataCheck.FalseAlarmRate))} has a finding");
    }

    /// <summary>Writes the members of the JSON.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("command", "check-data");
        HardwareJson.Write(json);
        json.WriteString("data", File);
        json.WriteNumber("dimension", Manifest.Dimension);
        json.WriteString("layout", DataManifestJson.NameOf(Manifest.Layout));
        json.WriteStartArray("environments");
        for (int e = 0; e < Rows.Count; e++)
        {
            json.WriteStartObject();
            json.WriteString("name", Manifest.Environments[e].Name);
            json.WriteNumber("rows", Rows[e]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("falseAlarmRate", DataCheck.FalseAlarmRate);
        json.WriteNumber("problems", Problems);
        json.WriteStartArray("findings");
        foreach (DataFinding finding in Findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Check);
            json.WriteString("kind", finding.IsProblem ? "problem" : "note");
            json.WriteString("text", finding.Text);
            json.WriteStartArray("environments");
            foreach (int place in finding.Environments)
            {
                json.WriteNumberValue(place);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
