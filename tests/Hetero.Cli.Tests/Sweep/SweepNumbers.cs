using System.Globalization;
using System.Text.Json;
using Hetero.Cli.Tests.Support;

namespace Hetero.Cli.Tests.Sweep;

/// <summary>Looks at the numbers of a run that succeeded or diverged, against what follows from its options; says what is wrong, or null.</summary>
internal static class SweepNumbers
{
    private const string Header = "step,environment,signal,spurious,residual,error,pooled_error";

    /// <summary>Looks at the rows.</summary>
    /// <param name="line">The line.</param>
    /// <param name="call">How it ended.</param>
    /// <param name="rows">Where its rows are: on standard output or in a file.</param>
    public static string? Judge(SweepCase line, CommandCall call, string rows)
    {
        string[] lines = rows.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !(lines[0] + ",").StartsWith(Header + ",", StringComparison.Ordinal) || !rows.EndsWith('\n'))
        {
            return "the header is missing";
        }

        int steps = Whole(line, "--steps", 200), every = Whole(line, "--every", 1), first = line.Has("--resume") ? 3 : -1;
        int[] expected = [.. Enumerable.Range(0, steps + 1).Where(step => step > first && (step % every == 0 || step == steps))];
        if (call.Code == 1)
        {
            expected = [.. expected.Take(lines.Length - 1)];
        }

        string[][] cells = [.. lines[1..].Select(text => text.Split(','))];
        if (!cells.Select(row => row[0]).SequenceEqual(expected.Select(step => step.ToString(CultureInfo.InvariantCulture))))
        {
            return $"the steps are {string.Join(' ', cells.Select(row => row[0]))}";
        }

        foreach (string[] row in cells)
        {
            // The residual is one of a factor U: other models have none.
            bool hasNone = row[4].Length == 0 && line.ValueOf("--model") is not (null or "gram");
            double[] numbers = [.. row[2..].Select((cell, column) => hasNone && column == 2 ? 0 : double.Parse(cell, CultureInfo.InvariantCulture))];
            if (row.Length != lines[0].Split(',').Length || !Array.TrueForAll(numbers, double.IsFinite) || Array.Exists(numbers[2..5], number => number < 0))
            {
                return $"a row is {string.Join(',', row)}";
            }
        }

        return cells.Length > 0 && cells[0][0] == "0" ? Start(line, cells[0]) : null;
    }

    /// <summary>Looks at a manifest.</summary>
    public static string? Manifest(SweepCase line, CommandCall call, string text)
    {
        using JsonDocument manifest = JsonDocument.Parse(text);
        JsonElement outcome = manifest.RootElement.GetProperty("outcome"), parameters = manifest.RootElement.GetProperty("parameters");
        string seed = parameters.GetProperty("seed").GetRawText();
        return outcome.GetProperty("status").GetString() != (call.Code == 0 ? "completed" : "diverged") ? "the manifest has another outcome"
            : seed != (line.ValueOf("--seed") ?? "1").TrimStart('+') ? "the manifest has another seed"
            : null;
    }

    /// <summary>Looks at a table of the theory: M1 of a law is known.</summary>
    public static string? Theory(SweepCase line, string table)
    {
        if (line.ValueOf("--environments") is not (null or "two-point" or "uniform") || !table.StartsWith("d = ", StringComparison.Ordinal))
        {
            return null;
        }

        double bound = Math.Abs(Number(line, "--spurious-mean", 1)) + Number(line, "--spread", 6);
        string[] cells = table.Split('\n').Single(text => text.StartsWith("  M1 ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return IsNear(cells[1], bound, 1e-5) ? null : $"M1 is {cells[1]}";
    }

    /// <summary>At the start U = αI: both shares are known.</summary>
    private static string? Start(SweepCase line, string[] row)
    {
        int dimension = Whole(line, "--dimension", 100);
        if (row[1].Length > 0)
        {
            return "the start has an environment";
        }

        if (line.Has("--neurons") || line.ValueOf("--model") is not (null or "gram") || line.ValueOf("--start") is "frame" || Whole(line, "--factor-columns", dimension) < dimension)
        {
            return null;
        }

        double scale = Number(line, "--init-scale", 1e-3), square = scale * scale;
        int rank = Whole(line, "--invariant-rank", 1);
        double trace = line.ValueOf("--eigenvalues")?.Split(',').Sum(part => double.Parse(part, CultureInfo.InvariantCulture)) ?? rank;
        double tolerance = line.ValueOf("--precision") is "single" ? 1e-5 : 1e-11;
        return !IsNear(row[2], square * rank / trace, tolerance) ? "the signal at the start is another one"
            : !IsNear(row[3], square, tolerance) ? "the spurious share at the start is another one"
            : null;
    }

    // Squares below the smallest normal number of single precision have no digits left.
    private static bool IsNear(string cell, double expected, double tolerance)
        => Math.Abs(double.Parse(cell, CultureInfo.InvariantCulture) - expected) <= (tolerance * expected) + 1e-37;

    private static int Whole(SweepCase line, string option, int otherwise)
        => line.ValueOf(option) is { } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : otherwise;

    private static double Number(SweepCase line, string option, double otherwise)
        => line.ValueOf(option) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
