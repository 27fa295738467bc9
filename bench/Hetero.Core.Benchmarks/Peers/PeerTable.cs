using System.Globalization;
using Hetero.Core.Benchmarks.Rates;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>The rows as Markdown.</summary>
internal static class PeerTable
{
    public const string Header =
        """
        | case | threads | ours | against | theirs | ratio | spread | target | |
        |---|---:|---:|---|---:|---:|---:|---:|---|
        """;

    /// <summary>Formats a row from the best seconds of each round.</summary>
    public static string Row(Comparison comparison, int threads, double[] ours, double[] theirs)
    {
        // The two sides of one round ran within a second of each other, so ratios are taken round by round.
        double scale = comparison.Unit is null ? 1 : comparison.Ours.Work / comparison.Theirs.Work;
        double[] ratios = [.. ours.Zip(theirs, (mine, other) => other / mine * scale)];
        double ratio = Rounds.Median(ratios);
        string verdict = comparison.Target is { } target ? (ratio >= target ? Marks.Met : Marks.Short) : ratio < 1 ? Marks.Loss : string.Empty;
        string goal = comparison.Target is { } value ? "≥ " + Number(value) : "–";
        return $"| {comparison.Label} | {threads} | {Value(comparison.Ours, comparison.Unit, ours)} | {comparison.Against} | "
            + $"{Value(comparison.Theirs, comparison.Unit, theirs)} | {Number(ratio)} | {Number(ratios.Min())}–{Number(ratios.Max())} | {goal} | {verdict} |";
    }

    private static string Value(IContender contender, WorkUnit? unit, double[] seconds)
    {
        double median = Rounds.Median(seconds);
        double rate = contender.Work / median;
        return unit switch
        {
            WorkUnit.Flop => $"{Number(rate / 1e9)} GFLOP/s",
            WorkUnit.Number => $"{Number(rate / 1e6)} Mnumbers/s",
            WorkUnit.Byte => $"{Number(rate / 1e9)} GB/s",
            _ => median < 1e-3 ? $"{Number(median * 1e6)} µs" : $"{Number(median * 1e3)} ms",
        };
    }

    // Three digits or a little more: the fourth is noise.
    private static string Number(double value)
        => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : value < 10_000 ? "0" : "#,0", CultureInfo.InvariantCulture);
}
