using System.Globalization;
using Hetero.Cli.Output;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Compare;

/// <summary>The table that the screen shows, in Markdown: a row for each method.</summary>
internal static class CompareTable
{
    private static readonly (string Title, RowQuantity Quantity)[] Columns =
    [
        ("true share", RowQuantity.Signal), ("spurious share", RowQuantity.Spurious), ("error to A*", RowQuantity.Error),
    ];

    /// <summary>Writes the table and what its numbers are.</summary>
    public static void Write(TextWriter writer, MethodComparison comparison, int seeds)
    {
        List<string[]> lines = [["method", "finished", "diverged", "step", .. Columns.Select(column => column.Title), "time a step"]];
        for (int i = 0; i < comparison.Methods.Count; i++)
        {
            SeedSweep method = comparison.Methods[i];
            lines.Add(
            [
                method.Title.Replace("|", "\\|", StringComparison.Ordinal),
                (method.Runs.Count - method.Diverged).ToString(CultureInfo.InvariantCulture),
                method.Diverged.ToString(CultureInfo.InvariantCulture),
                method.Recipe.Steps.ToString(CultureInfo.InvariantCulture),
                .. Columns.Select(column => Cell(method.Band(column.Quantity.Of))),
                double.IsNaN(comparison.StepSeconds[i]) ? "–" : Duration.Of(comparison.StepSeconds[i]),
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
        writer.WriteLine(Line(lines[0].Select((cell, column) => cell.PadRight(widths[column]))));
        writer.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        foreach (string[] line in lines.Skip(1))
        {
            writer.WriteLine(Line(line.Select((cell, column) => cell.PadRight(widths[column]))));
        }

        writer.WriteLine();
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Medians over {seeds} seeds from {comparison.Methods[0].Recipe.Seed} at the last step, in brackets the 10 % and 90 % quantiles; a run that diverged counts as infinite."));
    }

    private static string Cell(QuantileBand band) => $"{Number(band.Median[^1])} ({Number(band.Low[^1])} to {Number(band.High[^1])})";

    /// <summary>Four decimals, or three digits of what would vanish in them or has more before the point.</summary>
    private static string Number(double value) => double.IsPositiveInfinity(value) ? "∞"
        : value.ToString(Math.Abs(value) is > 0 and < 1e-3 or >= 1e5 ? "0.##E+0" : "0.####", CultureInfo.InvariantCulture);
}
