using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>How many of m samples each environment of a finite distribution gets. Thread-safe: no state.</summary>
internal static class EnvironmentShares
{
    /// <summary>Shares by largest remainder: ⌊π_e·m⌋ each, and one more for the largest remainders, ties to the lower index.</summary>
    /// <param name="distribution">A finite distribution.</param>
    /// <param name="samples">The number m of samples, at least the number of environments; at most 2⁵³, beyond which
    /// counts would be rounded. Shares π_e·m are rounded to double; the counts add up to m all the same.</param>
    /// <param name="counts">Receives a count for each environment, with the sum m.</param>
    /// <exception cref="ArgumentException">There are fewer samples than environments, or too many, the length does not fit, or probabilities are none.</exception>
    public static void Stratify(EnvironmentDistribution distribution, long samples, Span<long> counts)
    {
        int environments = CheckFinite(distribution, counts.Length);
        Guard.InRange(samples, environments, ExactCounts.Most);
        EnvironmentCheck.Weights(distribution, nameof(distribution));
        double[] remainders = new double[environments];
        long left = samples;
        for (int e = 0; e < environments; e++)
        {
            double share = distribution.GetProbability(e) * samples;
            counts[e] = (long)Math.Floor(share);
            remainders[e] = share - counts[e];
            left -= counts[e];
        }

        // Sorted, since a list may have a million of them: the largest first, ties to the lower index.
        int[] order = [.. Enumerable.Range(0, environments)];
        Array.Sort(order, (a, b) => remainders[a] != remainders[b] ? remainders[b].CompareTo(remainders[a]) : a.CompareTo(b));
        for (int place = 0; left > 0; left--, place++)
        {
            counts[order[place % environments]]++;
        }

        // Next to 2⁵³ every share may have been rounded up.
        for (; left < 0; left++)
        {
            int most = 0;
            for (int e = 1; e < environments; e++)
            {
                most = counts[e] > counts[most] ? e : most;
            }

            counts[most]--;
        }
    }

    /// <summary>Draws multinomial counts, as if every sample drew its environment, by conditional binomial variates. Their probabilities are those of the list
    /// up to the round-off of the sums of the probabilities before them.</summary>
    /// <param name="distribution">A finite distribution.</param>
    /// <param name="samples">The number m of samples, 0 to 2⁵³ − 1.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="counts">Receives a count for each environment, with the sum m.</param>
    /// <exception cref="ArgumentException">The number of samples is out of range, the length does not fit, or a probability is none.</exception>
    public static void Draw(EnvironmentDistribution distribution, long samples, RandomStream stream, Span<long> counts)
    {
        int environments = CheckFinite(distribution, counts.Length);
        Guard.InRange(samples, 0, ExactCounts.MostDrawn);
        RandomSequence sequence = new(stream);
        double rest = 1;
        for (int e = 0; e < environments; e++)
        {
            double probability = distribution.GetProbability(e);
            Guard.InRange(probability, 0, 1, "distribution.GetProbability");
            double conditional = e == environments - 1 ? 1 : Math.Clamp(probability / rest, 0, 1);
            counts[e] = sequence.NextBinomial(samples, conditional);
            samples -= counts[e];
            rest = Math.Max(rest - probability, double.Epsilon);
        }
    }

    private static int CheckFinite(EnvironmentDistribution distribution, int length)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        int environments = distribution.Count
            ?? throw new ArgumentException($"'{nameof(distribution)}' is continuous; accepted is a finite distribution.", nameof(distribution));
        Guard.AtLeast(environments, 1, "distribution.Count");
        Guard.Length(length, environments, "counts");
        return environments;
    }
}
