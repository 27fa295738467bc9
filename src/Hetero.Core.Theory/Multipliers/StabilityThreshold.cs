using System.Globalization;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>Where the Lyapunov exponent E log|1 + ηs| changes its sign: in closed form for s = mean ± M, and along any family of
/// laws.</summary>
/// <remarks>Thread-safe.</remarks>
public static class StabilityThreshold
{
    /// <summary>
    /// Returns the step sizes for which s = mean ± M dies out: 2·mean/(M² − mean²) &lt; η &lt; (mean + √(mean² + 2(M² − mean²)))/(M² −
    /// mean²), the two sides of |(1 + η·mean)² − η²M²| &lt; 1; null for M ≤ mean.
    /// </summary>
    /// <param name="mean">The mean of s, finite and not negative.</param>
    /// <param name="spread">M, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static StepSizeInterval? TwoPointStepSizes(double mean, double spread)
    {
        Guard.NotNegative(mean);
        Guard.NotNegative(spread);
        if (spread <= mean)
        {
            return null;
        }

        // Over M, so that no square overflows or vanishes: mean² + 2(M² − mean²) is M²(2 − ratio²).
        double ratio = mean / spread, gap = (spread - mean) / spread * (1 + ratio);
        return new StepSizeInterval(2 * ratio / gap / spread, (ratio + Math.Sqrt(2 - (ratio * ratio))) / gap / spread);
    }

    /// <summary>
    /// Returns the half-widths M for which s = mean ± M dies out at a step size: √((1 + η·mean)² ∓ 1)/η, the lower end 0 if the mean is not
    /// above 0 and |1 + η·mean| ≤ 1.
    /// </summary>
    /// <param name="mean">The mean of s, finite.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <returns>The ends; infinite if they are not representable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static (double Lower, double Upper) TwoPointSpreads(double mean, double stepSize)
    {
        Guard.Finite(mean);
        Guard.Positive(stepSize);
        double drift = stepSize * mean;
        if (Math.Abs(drift) > 1e100)
        {
            // The 1 under the root is nothing beside (η·mean)².
            return (Math.Abs(mean), Math.Abs(mean));
        }

        double lower = Math.Abs(drift) < 1e-100
            ? Math.Sqrt(2) * Math.Sqrt(Math.Max(0, mean)) / Math.Sqrt(stepSize)
            : Math.Sqrt(Math.Max(0, drift * (2 + drift))) / stepSize;
        return (lower, Math.Sqrt(((1 + drift) * (1 + drift)) + 1) / stepSize);
    }

    /// <summary>
    /// Returns the half-widths M for which s uniform on [mean − M, mean + M] dies out at a step size; the lower end is 0 if |1 + η·mean| ≤ 1. Null
    /// if no M does it,
    /// which is so from |1 + η·mean| = 1.509 on.
    /// </summary>
    /// <param name="mean">The mean of s, finite.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <returns>The ends, accurate to about 1e-15 of 1/η; infinite if they are not representable.</returns>
    /// <remarks>
    /// With c = |1 + η·mean| and w = ηM, E log|1 + ηs| falls from log c at w = 0 to its least value log c + ½·log(x² − 1) = log c − 0.4114 at w =
    /// xc, x = coth x, and
    /// rises from there on; at w = 3(1 ∨ c) it is above 0.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static (double Lower, double Upper)? UniformSpreads(double mean, double stepSize)
    {
        const double LeastPlace = 1.1996786402577337;
        Guard.Finite(mean);
        Guard.Positive(stepSize);
        double drift = stepSize * mean, size = Math.Abs(1 + drift), least = size == 0 ? 1 : LeastPlace * size;
        if (size > 2 || Exponent(least) >= 0)
        {
            return null;
        }

        double lower = Exponent(0) > 0 ? Bisection.Solve(Exponent, 0, least) : 0;
        return (lower / stepSize, Bisection.Solve(Exponent, least, 3 * Math.Max(1, size)) / stepSize);

        double Exponent(double width) => MultiplierGrowth.LyapunovExponent(EntryLaw.Uniform(drift, width), 1);
    }

    /// <summary>Returns the parameter at which the exponent of a family of laws changes its sign, to round-off.</summary>
    /// <param name="family">The law of s for a parameter, such as M ↦ <see cref="EntryLaw.Uniform"/>(1, M); continuous.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="low">The lower end of the search, finite.</param>
    /// <param name="high">The upper end, finite and above the lower one.</param>
    /// <returns>A parameter in between; if there are several, one of them.</returns>
    /// <exception cref="ArgumentException">The exponent has the same sign at both ends, or an argument is out of range; the message gives
    /// the values.</exception>
    public static double Find(Func<double, EntryLaw> family, double stepSize, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(family);
        Guard.Positive(stepSize);
        Guard.Finite(low);
        Guard.Finite(high);
        Guard.AtLeast(high, low);
        double atLow = Exponent(low), atHigh = Exponent(high);
        if (atLow < 0 == atHigh < 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{nameof(family)}' has the exponents {atLow:G6} at {low} and {atHigh:G6} at {high}; accepted are ends with different signs."),
                nameof(family));
        }

        return Bisection.Solve(Exponent, low, high);

        double Exponent(double parameter) => MultiplierGrowth.LyapunovExponent(family(parameter), stepSize);
    }
}
