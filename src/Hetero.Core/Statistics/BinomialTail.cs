namespace Hetero.Core.Statistics;

/// <summary>Tails of the binomial distribution, also where they are small, for any number of trials with few successes.</summary>
internal static class BinomialTail
{
    /// <summary>Returns P(Bin(n, p) ≤ k) for k ≤ np, in about √k steps, with a relative error of about k·log n·ε.</summary>
    /// <remarks>The terms below k are summed: all are positive, and each is the one before times j(1 − p)/((n − j + 1)p), at most 1.</remarks>
    /// <param name="successes">k, 0 to n.</param>
    /// <param name="trials">n.</param>
    /// <param name="probability">p, k/n to 1.</param>
    public static double AtMost(long successes, long trials, double probability)
    {
        double failures = trials - successes;
        double logChoose = IncompleteGamma.LogRatio(failures + 1, successes) - IncompleteGamma.LogGamma(successes + 1.0);
        double last = Math.Exp(
            logChoose + (successes == 0 ? 0 : successes * Math.Log(probability)) + (failures == 0 ? 0 : failures * Elementary.LogOnePlus(-probability)));
        double sum = 1, term = 1, odds = (1 - probability) / probability;
        for (long j = successes; j > 0 && term > sum * 1e-17; j--)
        {
            term *= j * odds / (trials - j + 1.0);
            sum += term;
        }

        return last * sum;
    }
}
