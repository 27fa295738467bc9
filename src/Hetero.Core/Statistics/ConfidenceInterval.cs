using System.Globalization;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Statistics;

/// <summary>An estimate with the interval that covers the estimated number with a stated probability.</summary>
/// <remarks>Each side misses with probability (1 − level)/2, of a proportion with at most that. Thread-safe: immutable.</remarks>
public sealed record ConfidenceInterval
{
    // 2^−450 and 2^500: squares of deviations of all 53 digits are normal numbers.
    private const double SmallestPlain = 3.4e-136;
    private const double LargestPlain = 3.2e150;

    // Of successes or failures, whichever are fewer: the logarithm of a tail is off by about this number times 40·ε, 5e-6.
    private const long MostOfTheFewer = 1L << 30;

    /// <summary>Puts an interval together.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="lower">The lower end; −∞ is allowed.</param>
    /// <param name="upper">The upper end, not below the lower one; +∞ is allowed.</param>
    /// <param name="level">The probability of covering the estimated number, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">A number is NaN, the ends are in the wrong order, or the level is out of range.</exception>
    public ConfidenceInterval(double estimate, double lower, double upper, double level)
    {
        Guard.ProperFraction(level);
        if (double.IsNaN(estimate))
        {
            throw new ArgumentException($"'{nameof(estimate)}' is NaN; accepted is a number.", nameof(estimate));
        }

        if (!(lower <= upper))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{nameof(lower)}' is {lower}; accepted is at most {upper}, the upper end."), nameof(lower));
        }

        (Estimate, Lower, Upper, Level) = (estimate, lower, upper, level);
    }

    /// <summary>Gets the estimate.</summary>
    public double Estimate { get; }

    /// <summary>Gets the lower end.</summary>
    public double Lower { get; }

    /// <summary>Gets the upper end.</summary>
    public double Upper { get; }

    /// <summary>Gets the probability of covering the estimated number.</summary>
    public double Level { get; }

    /// <summary>
    /// Returns the interval of a mean from independent replicas, x̄ ± t·s/√n with Student's t of n − 1 degrees of freedom: exact for normal
    /// numbers, and good for means of long stretches, which nearly are.
    /// </summary>
    /// <param name="replicas">Two or more independent numbers of one distribution, finite, of any magnitude. An end that is not representable is
    /// infinite.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There are fewer than two numbers, one is not finite, or the level is out of range.</exception>
    public static ConfidenceInterval OfMean(ReadOnlySpan<double> replicas, double level)
    {
        Guard.MinimumLength(replicas.Length, 2, nameof(replicas));
        Guard.AllFinite(replicas, nameof(replicas));
        Guard.ProperFraction(level);

        // Numbers whose squares may overflow or lose digits are scaled by a power of two, which rounds nothing.
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(replicas));
        (double scale, double inverse) = largest > SmallestPlain && largest < LargestPlain / Math.Sqrt(replicas.Length)
            ? (1, 1)
            : PowerOfTwo.Normalizing(largest);
        double mean = 0;
        foreach (double value in replicas)
        {
            mean += value * scale / replicas.Length;
        }

        // Round-off must not lead beyond the numbers, of which the largest may be the largest there is.
        mean = Math.Clamp(mean, TensorPrimitives.Min(replicas) * scale, TensorPrimitives.Max(replicas) * scale);
        double squares = 0;
        foreach (double value in replicas)
        {
            double deviation = (value * scale) - mean;
            squares += deviation * deviation;
        }

        double error = Math.Sqrt(squares / (replicas.Length - 1) / replicas.Length);
        double half = TailQuantile.StudentT((1 - level) / 2, replicas.Length - 1) * error;
        return new ConfidenceInterval(mean * inverse, (mean - half) * inverse, (mean + half) * inverse, level);
    }

    /// <summary>
    /// Returns Clopper and Pearson's interval of a probability: it covers with the level's probability or more, up to round-off, for every number of
    /// trials with at most 2³⁰ successes or at most 2³⁰ failures. It takes about the root of that number of operations.
    /// </summary>
    /// <param name="successes">The successes, 0 to <paramref name="trials"/>; more than 2³⁰, and as many failures, are refused: differences of logarithms
    /// would lose the tails' digits.</param>
    /// <param name="trials">The independent trials, 1 or more.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ConfidenceInterval OfProportion(long successes, long trials, double level)
    {
        Guard.AtLeast(trials, 1);
        Guard.InRange(successes, 0, trials);
        string? refusal = Math.Min(successes, trials - successes) > MostOfTheFewer
            ? $"at most {MostOfTheFewer}, or as many below the number of trials, {trials}"
            : null;
        Guard.Accepted(successes, refusal, nameof(successes));
        Guard.ProperFraction(level);
        double tail = (1 - level) / 2;
        double lower = LowerEnd(successes, trials, tail), upper = UpperEnd(successes, trials, tail);
        return new ConfidenceInterval((double)successes / trials, lower, upper, level);
    }

    /// <summary>Returns whether a number lies in the interval, its ends included.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>Returns the estimate and the interval on one line.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Estimate:G6} [{Lower:G6}, {Upper:G6}] at {Level:R}");

    /// <summary>The p for which k or more successes have the tail's probability: below k/n, where that is less than ½. From the end that is nearer.</summary>
    private static double LowerEnd(long successes, long trials, double tail)
        => successes == 0 ? 0
            : successes > trials / 2 ? 1 - UpperEnd(trials - successes, trials, tail)
            : Bisection.Solve(p => IncompleteBeta.Lower(successes, trials - successes + 1.0, p) - tail, 0, (double)successes / trials);

    /// <summary>The p for which k or fewer successes have the tail's probability: above k/n.</summary>
    private static double UpperEnd(long successes, long trials, double tail)
        => successes == trials ? 1
            : successes > trials / 2 ? 1 - LowerEnd(trials - successes, trials, tail)
            : Bisection.Solve(p => BinomialTail.AtMost(successes, trials, p) - tail, (double)successes / trials, 1);
}
