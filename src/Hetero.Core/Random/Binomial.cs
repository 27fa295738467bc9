namespace Hetero.Core.Random;

/// <summary>
/// Binomial variates by splitting at an order statistic (Relles 1972; Ahrens and Dieter 1974): exact up to the rounding of the beta
/// variates, in O(log n) steps, without logarithms of factorials.
/// </summary>
/// <remarks>
/// n trials succeed where n uniform numbers fall below p. The i-th smallest of them is Beta(i, n + 1 − i); if it lies at b ≤ p, then i
/// of them are below p and of the n − i above b each falls below p with probability (p − b)/(1 − b); otherwise only the i − 1 below b
/// matter, each with probability p/b. Taking i in the middle halves n.
/// </remarks>
internal static class Binomial
{
    // Below this, counting trials one by one is as fast as another split.
    private const int CountedTrials = 16;

    public static long Next(ref RandomSequence sequence, long trials, double probability)
    {
        Guard.InRange(trials, 0, ExactCounts.MostDrawn);
        Guard.InRange(probability, 0.0, 1.0);
        long successes = 0;
        while (trials > CountedTrials && probability > 0 && probability < 1)
        {
            long middle = (trials / 2) + 1;
            double below = sequence.NextChiSquared(2 * middle);
            double above = sequence.NextChiSquared(2 * (trials + 1 - middle));
            double split = below / (below + above);
            if (split <= probability)
            {
                successes += middle;
                trials -= middle;
                probability = (probability - split) / (1 - split);
            }
            else
            {
                trials = middle - 1;
                probability /= split;
            }
        }

        if (probability >= 1)
        {
            return successes + trials;
        }

        for (long trial = 0; trial < trials && probability > 0; trial++)
        {
            successes += sequence.NextUniform() < probability ? 1 : 0;
        }

        return successes;
    }
}
