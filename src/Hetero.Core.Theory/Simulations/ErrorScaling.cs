using Hetero.Core.Statistics;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Simulations;

/// <summary>
/// The exponent β of an error ∝ (d/m)^β over doublings of m. Each replica has one seed for all m, so that its environments are the same at every m and
/// its slope is free of their luck. The few replicas in which the spurious part is up at some m and down at another have slopes far off, so β is the median of
/// the slopes, and its interval lies between two of their order statistics: it covers whatever their law is.
/// </summary>
/// <param name="Exponent">β: the median of the replicas' slopes, with its interval.</param>
/// <param name="Medians">The median error at m, 2m, 4m, ….</param>
internal sealed record ErrorScaling(ConfidenceInterval Exponent, IReadOnlyList<double> Medians)
{
    /// <summary>The chance that an interval misses, and so that a claim about its ends passes by luck.</summary>
    public const double FalseAlarmRate = 1e-6;

    /// <summary>The fewest replicas with an interval: all slopes lie on one side of the median with a chance of 2·2^−n.</summary>
    public const int FewestReplicas = 21;

    /// <summary>Measures.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="options">The options; m is the smallest number of samples, and replica i has seed + i.</param>
    /// <param name="doublings">How often m is doubled, 3 or more.</param>
    /// <param name="replicas">The number of replicas, 21 or more.</param>
    /// <param name="error">Trains once and returns the error.</param>
    public static ErrorScaling Measure(int dimension, TrainingOptions options, int doublings, int replicas, Func<TrainingOptions, double> error)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.InRange(doublings, 3, 30);
        Guard.InRange(options.Samples, 1, long.MaxValue >> doublings, "options.Samples");
        Guard.InRange(replicas, FewestReplicas, 1000);
        double[] slopes = new double[replicas], ratios = new double[doublings + 1];
        double[][] errors = [.. ratios.Select(_ => new double[replicas])];
        for (int i = 0; i < replicas; i++)
        {
            for (int j = 0; j < ratios.Length; j++)
            {
                long samples = options.Samples << j;
                ratios[j] = (double)dimension / samples;
                errors[j][i] = error(options with { Samples = samples, Seed = unchecked(options.Seed + (ulong)i) });
            }

            slopes[i] = PowerLawFit.Fit(ratios, [.. errors.Select(row => row[i])], 0.5).Slope.Estimate;
        }

        return new ErrorScaling(MedianOf(slopes), [.. errors.Select(TrainedRun.Median)]);
    }

    /// <summary>
    /// Returns the median with the interval from the k-th smallest to the k-th largest number: it misses the law's median only if fewer than k of n fall on one
    /// side of it, with probability 2·P(Bin(n, ½) &lt; k); k is the largest for which that is at most the false-alarm rate.
    /// </summary>
    internal static ConfidenceInterval MedianOf(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int rank = 0;
        for (double chance = Math.Pow(2, 1 - sorted.Length), sum = chance; sum <= FalseAlarmRate; sum += chance)
        {
            rank++;
            chance *= (double)(sorted.Length - rank + 1) / rank;
        }

        return new ConfidenceInterval(TrainedRun.Median(values), sorted[rank - 1], sorted[^rank], 1 - FalseAlarmRate);
    }

    /// <summary>Returns the claim that the whole interval lies between two numbers.</summary>
    public IReadOnlyList<Inequality> Between(double low, double high) =>
    [
        Inequality.AtLeast($"β ≥ {FormattableString.Invariant($"{low}")}, lower end of its interval", Exponent.Lower, low),
        Inequality.AtMost($"β ≤ {FormattableString.Invariant($"{high}")}, upper end of its interval", Exponent.Upper, high),
    ];
}
