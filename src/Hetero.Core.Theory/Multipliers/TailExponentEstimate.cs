using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>Estimates the exponent κ of a power tail P(X &gt; x) ∝ x^{−κ} from samples.</summary>
/// <remarks>Thread-safe.</remarks>
public static class TailExponentEstimate
{
    /// <summary>
    /// Hill's estimator from the largest of independent numbers: κ̂ = n/Σ log(x_i/x_0) over the n largest, x_0 the next one. If the tail
    /// beyond x_0 is a pure power, 2nκ/κ̂ has the χ² law of 2n degrees of freedom, which gives the interval.
    /// </summary>
    /// <param name="samples">Independent numbers of one distribution.</param>
    /// <param name="largest">n, 1 or more and below the number of samples; the (n+1)-th largest sample must be above 0.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range, a sample is not finite, or the largest ones are all equal or not
    /// above 0.</exception>
    public static ConfidenceInterval Hill(ReadOnlySpan<double> samples, int largest, double level)
    {
        Guard.MinimumLength(samples.Length, 2, nameof(samples));
        Guard.InRange(largest, 1, samples.Length - 1);
        Guard.AllFinite(samples, nameof(samples));
        Guard.ProperFraction(level);
        double[] sorted = samples.ToArray();
        Array.Sort(sorted);
        double threshold = sorted[^(largest + 1)];
        Guard.Positive(threshold, nameof(samples));
        double sum = 0;
        foreach (double value in sorted.AsSpan(sorted.Length - largest))
        {
            sum += Elementary.LogRatio(value, threshold);
        }

        if (sum == 0)
        {
            throw new ArgumentException(
                $"'{nameof(samples)}' has the same {largest + 1} largest numbers; accepted are different ones.", nameof(samples));
        }

        double tail = (1 - level) / 2;
        double lower = TailQuantile.ChiSquaredLower(tail, 2.0 * largest), upper = TailQuantile.ChiSquaredUpper(tail, 2.0 * largest);

        // At a level near 0 both are the median, in an order that round-off makes.
        return new ConfidenceInterval(largest / sum, Math.Min(lower, upper) / (2 * sum), Math.Max(lower, upper) / (2 * sum), level);
    }

    /// <summary>
    /// Estimates κ from independent runs whose numbers depend on each other within a run, inside a window: where the density is ∝ x^{−κ−1}
    /// there, the mean of log(x/lower) is 1/κ − W/(e^{κW} − 1) with W = log(upper/lower), whatever the density does outside. The mean is a
    /// ratio of two sums over the runs, and its interval is Student's t of the runs' deviations, so that dependence inside a run does no
    /// harm.
    /// </summary>
    /// <param name="runs">Two or more runs with the same window, with numbers in it.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <remarks>
    /// With an infinite upper end this is Hill's estimator with a fixed threshold, 1/mean. With a finite one the estimate may be 0 or
    /// negative, and an end of the interval infinite when the mean's leaves (0, W).
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than two runs, their windows differ, or nothing lies in them; the level is out
    /// of range.</exception>
    internal static ConfidenceInterval OfRuns(IReadOnlyList<TailWindow> runs, double level)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Guard.ProperFraction(level);
        Guard.MinimumLength(runs.Count, 2, nameof(runs));
        double width = Elementary.LogRatio(runs[0].Upper, runs[0].Lower), total = 0, sum = 0;
        foreach (TailWindow run in runs)
        {
            if (run.Lower != runs[0].Lower || run.Upper != runs[0].Upper)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"'{nameof(runs)}' has the windows ({run.Lower}, {run.Upper}) and ({runs[0].Lower}, {runs[0].Upper}); accepted is one window."),
                    nameof(runs));
            }

            total += run.Count;
            sum += run.LogSum;
        }

        if (total == 0)
        {
            throw new ArgumentException($"'{nameof(runs)}' saw nothing in its window; accepted is at least one number.", nameof(runs));
        }

        double mean = sum / total, squares = 0;
        foreach (TailWindow run in runs)
        {
            double deviation = run.LogSum - (mean * run.Count);
            squares += deviation * deviation;
        }

        double error = Math.Sqrt(squares * runs.Count / (runs.Count - 1)) / total;
        double half = TailQuantile.StudentT((1 - level) / 2, runs.Count - 1) * error;

        // A larger mean is a slower decay.
        return new ConfidenceInterval(Exponent(mean, width), Exponent(mean + half, width), Exponent(mean - half, width), level);
    }

    /// <summary>Returns κ for which the mean is 1/κ − W/(e^{κW} − 1).</summary>
    internal static double Exponent(double mean, double width)
    {
        if (mean <= 0)
        {
            return double.PositiveInfinity;
        }

        if (double.IsPositiveInfinity(width))
        {
            return 1 / mean;
        }

        if (mean >= width)
        {
            return double.NegativeInfinity;
        }

        // The mean is below 1/κ for κ > 0, and by symmetry about the middle of the window above W − 1/|κ| for κ < 0.
        return Bisection.Solve(exponent => Mean(exponent * width) - (mean / width), -1 / (width - mean), 1 / mean);
    }

    /// <summary>The mean of y on [0, 1] with the density ∝ e^{−zy}: 1/z − 1/(e^z − 1), ½ − z/12 + z³/720 near 0.</summary>
    private static double Mean(double z)
        => Math.Abs(z) < 0.01 ? 0.5 - (z / 12) + (z * z * z / 720) : (1 / z) - (1 / Elementary.ExpMinusOne(z));
}
