namespace Hetero.Core.Statistics;

/// <summary>
/// Chernoff's bound on the binomial tail, P(Bin(n, p) ≥ k) ≤ exp(−n·KL(k/n ‖ p)) for k ≥ np, where KL(a ‖ p) = a·ln(a/p) + (1 − a)·ln((1 − a)/(1 −
/// p)), and the confidence bound on p that it gives. Closed form and valid for every n: slightly wider than Clopper and Pearson's interval.
/// </summary>
/// <remarks>Thread-safe: no state.</remarks>
public static class ChernoffBound
{
    // As many as lead from 1 to the smallest number and its neighbour.
    private const int MaxHalvings = 1200;

    /// <summary>Returns the bound on P(Bin(n, p) ≥ k): 1 for k ≤ np.</summary>
    /// <param name="successes">k, 0 to n.</param>
    /// <param name="trials">n, 1 or more.</param>
    /// <param name="probability">p, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double UpperTail(long successes, long trials, double probability)
    {
        Guard.AtLeast(trials, 1);
        Guard.InRange(successes, 0, trials);
        Guard.InRange(probability, 0.0, 1.0);
        double share = (double)successes / trials;
        if (share <= probability)
        {
            return 1;
        }

        if (probability == 0)
        {
            return 0;
        }

        double divergence = (share * Elementary.LogRatio(share, probability)) + (share < 1 ? (1 - share) * Elementary.LogOnePlus((probability - share) / (1 - probability)) : 0);
        return Math.Exp(-trials * divergence);
    }

    /// <summary>
    /// Returns a lower confidence bound on p: every smaller p would make k or more successes rarer than the level. It lies above the true p with
    /// probability at most <paramref name="level"/>.
    /// </summary>
    /// <param name="successes">k, 0 to n.</param>
    /// <param name="trials">n, 1 or more.</param>
    /// <param name="level">The probability of error, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double LowerConfidence(long successes, long trials, double level)
    {
        Guard.Positive(level);
        Guard.InRange(level, 0.0, Math.BitDecrement(1.0));
        double low = 0, high = UpperTail(successes, trials, 0) == 1 ? 0 : (double)successes / trials;
        for (int halving = 0; halving < MaxHalvings && low < high; halving++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = UpperTail(successes, trials, middle) < level ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Returns the smallest number k of successes that refutes "the probability is at most p" at a level; n + 1 if none does.</summary>
    /// <param name="trials">n, 1 to 2⁶³ − 2.</param>
    /// <param name="probability">p, 0 to 1.</param>
    /// <param name="level">The probability of refuting a true statement, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static long RefutingSuccesses(long trials, double probability, double level)
    {
        Guard.InRange(trials, 1, long.MaxValue - 1);
        Guard.Positive(level);
        Guard.InRange(level, 0.0, Math.BitDecrement(1.0));
        long low = 0, high = trials + 1;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = UpperTail(middle, trials, probability) < level ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
