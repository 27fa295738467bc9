using System.Globalization;
using Hetero.Cli.FigureCharts;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Reproduce;

/// <summary>Prints what was expected beside what was measured.</summary>
internal static class VerdictTable
{
    // More lines than a screen has would push the verdicts out of sight.
    private const int MostGroups = 50;

    public static void Write(TextWriter writer, FigureResult result, bool judged)
    {
        List<string[]> lines = [["quantity", "expected", "measured", "verdict"]];
        lines.AddRange(result.Numbers.Verdicts.Select(v => (string[])
            [v.Quantity, v.Expected, Number(v.Measured), v.Text(judged)]));
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            writer.WriteLine("  " + string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        RunGroup[] counted = [.. result.Numbers.Runs.Where(r => r.Count > 1 || r.Diverged > 0)];
        RunGroup[] named = counted.Length <= MostGroups ? counted : [.. counted.Where(r => r.Diverged > 0)];
        if (named.Length < counted.Length)
        {
            writer.WriteLine($"  {counted.Length - named.Length} of {counted.Length} groups of runs: none diverged");
        }

        if (named.Length > MostGroups)
        {
            writer.WriteLine($"  {named.Length} of {counted.Length} groups of runs: {named.Sum(r => r.Diverged)} of {named.Sum(r => r.Count)} runs diverged; the manifest has each");
            return;
        }

        foreach (RunGroup runs in named)
        {
            writer.WriteLine($"  {runs.Name}: {runs.Diverged} of {runs.Count} runs diverged");
        }
    }

    /// <summary>Four decimals, or three digits of what would vanish in them.</summary>
    private static string Number(double value)
        => value.ToString(Math.Abs(value) is > 0 and < 1e-3 ? "0.##E+0" : "0.####", CultureInfo.InvariantCulture);
}
