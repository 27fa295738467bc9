using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// Training on a fixed list of E environments, drawn once from a law: the spurious part dies out iff the list's own exponent E⁻¹Σ log|1 + ηs_e| is below 0, which it is with a probability that
/// grows with E if the law's exponent is below 0, and falls to 0 if it is above.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public static class ListStability
{
    private const int MostCount = 1 << 24;

    /// <summary>Returns the probability that the exponent of a list is below 0, for a law of two values: exact, a binomial tail.</summary>
    /// <param name="law">The law of s, of two values.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="count">E, 1 to 2²⁴.</param>
    /// <exception cref="ArgumentException">The law has not two values, or an argument is out of range.</exception>
    public static double Probability(EntryLaw law, double stepSize, int count)
    {
        ArgumentNullException.ThrowIfNull(law);
        Guard.Positive(stepSize);
        Guard.InRange(count, 1, MostCount);
        if (law.Values.Length != 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(law)}' has {law.Values.Length} values (0 means a uniform law); accepted are two."), nameof(law));
        }

        double first = Log(law.Values[0]), second = Log(law.Values[1]);
        (double low, double high, double odds) = first < second ? (first, second, law.Probabilities[1]) : (second, first, law.Probabilities[0]);
        if (low >= 0 || high < 0)
        {
            return low >= 0 ? 0 : 1;
        }

        // One factor 0 is enough.
        if (double.IsNegativeInfinity(low))
        {
            return 1 - Math.Pow(odds, count);
        }

        // Fewer than −low·E/(high − low) of the larger value.
        return AtMost(Math.Min(count - 1, (int)Math.Ceiling(-low * count / (high - low)) - 1), count, odds);

        double Log(double s) => MultiplierGrowth.LyapunovExponent(EntryLaw.Discrete([s], [1]), stepSize);
    }

    /// <summary>P(Bin(n, p) ≤ k): the terms beside the largest one, from it outwards, over the sum of all.</summary>
    private static double AtMost(int successes, int trials, double probability)
    {
        int mode = (int)Math.Min(trials, (trials + 1.0) * probability);
        double odds = probability / (1 - probability), all = 1, below = mode <= successes ? 1 : 0;
        double term = 1;
        for (int k = mode; k < trials && term > 1e-18 * all; k++)
        {
            term *= odds * (trials - k) / (k + 1.0);
            all += term;
            below += k + 1 <= successes ? term : 0;
        }

        term = 1;
        for (int k = mode; k > 0 && term > 1e-18 * all; k--)
        {
            term *= k / (odds * (trials - k + 1.0));
            all += term;
            below += k - 1 <= successes ? term : 0;
        }

        return below / all;
    }

    /// <summary>
    /// Returns the E at which the exponent of a list is below 0 with a probability, by the central limit theorem: (z·sd/λ)², z the quantile of the normal law. Lists of two values are off by the
    /// steps of a binomial law, some 1/√E of E.
    /// </summary>
    /// <param name="exponent">λ, the exponent of the law, finite and below 0.</param>
    /// <param name="deviation">The standard deviation of log|1 + ηs|, finite, 0 or more.</param>
    /// <param name="probability">The probability, above ½ and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or the number is.</exception>
    public static double Count(double exponent, double deviation, double probability)
    {
        Guard.Accepted(exponent, double.IsFinite(exponent) && exponent < 0 ? null : "a finite number below 0", nameof(exponent));
        Guard.NotNegative(deviation);
        Guard.InRange(probability, Math.BitIncrement(0.5), Math.BitDecrement(1.0));
        double root = TailQuantile.Normal(1 - probability) * (deviation / exponent);
        Guard.Accepted(deviation, double.IsFinite(root * root) ? null : "one for which the number is finite", nameof(deviation));
        return root * root;
    }
}
