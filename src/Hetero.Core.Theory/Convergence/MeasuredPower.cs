using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Convergence;

/// <summary>The power with which the root mean square of a measured quantity grows with a parameter, between two values of it.</summary>
internal static class MeasuredPower
{
    /// <summary>The chance that an interval misses.</summary>
    public const double FalseAlarmRate = 1e-9;

    /// <summary>
    /// Returns log(rms at high/rms at low)/log(high/low) for each of several quantities, with Student's interval over blocks of runs. A block's runs have the same
    /// seeds at both values, so that what they have in common cancels.
    /// </summary>
    /// <param name="low">The smaller value.</param>
    /// <param name="high">The larger value.</param>
    /// <param name="blocks">The number of blocks, 2 or more.</param>
    /// <param name="runs">The runs of a block.</param>
    /// <param name="squares">Makes run i at a value and returns the square of each quantity.</param>
    public static ConfidenceInterval[] Measure(double low, double high, int blocks, int runs, Func<double, int, double[]> squares)
    {
        double[][] slopes = [.. Enumerable.Range(0, blocks).Select(block => Slopes(low, high, block * runs, runs, squares))];
        return
        [
            .. Enumerable.Range(0, slopes[0].Length).Select(
                quantity => ConfidenceInterval.OfMean([.. slopes.Select(row => row[quantity])], 1 - FalseAlarmRate)),
        ];
    }

    /// <summary>
    /// Returns the claims that a measured power is within a distance of the expected one and known to that distance: half the interval is at most that long, so a
    /// true power misses by chance with the false-alarm rate at most.
    /// </summary>
    public static IReadOnlyList<Inequality> Claims(string name, ConfidenceInterval power, double expected, double tolerance) =>
    [
        Inequality.AtLeast(FormattableString.Invariant($"power of {name} ≥ {expected - tolerance:G3}"), power.Estimate, expected - tolerance),
        Inequality.AtMost(FormattableString.Invariant($"power of {name} ≤ {expected + tolerance:G3}"), power.Estimate, expected + tolerance),
        Inequality.AtMost(FormattableString.Invariant($"half the interval of the power of {name} ≤ {tolerance}"), (power.Upper - power.Lower) / 2, tolerance),
    ];

    private static double[] Slopes(double low, double high, int first, int runs, Func<double, int, double[]> squares)
    {
        double[] atLow = Sum(low), atHigh = Sum(high);
        return [.. atLow.Zip(atHigh, (left, right) => 0.5 * Math.Log(right / left) / Math.Log(high / low))];

        double[] Sum(double value)
        {
            double[]? sums = null;
            for (int run = first; run < first + runs; run++)
            {
                double[] found = squares(value, run);
                sums = sums is null ? found : [.. sums.Zip(found, (left, right) => left + right)];
            }

            return sums!;
        }
    }
}
