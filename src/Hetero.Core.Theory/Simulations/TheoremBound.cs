namespace Hetero.Core.Theory.Simulations;

/// <summary>The formulas of δ* and of (9), as numbers of M1, M2, d and the ranks.</summary>
internal static class TheoremBound
{
    /// <summary>δ·r2²·√(r1 + r2), what both δ* have in common.</summary>
    public static double RankFactor(double ripConstant, int invariantRank, int spuriousRank)
        => ripConstant * spuriousRank * spuriousRank * Math.Sqrt((double)invariantRank + spuriousRank);

    /// <summary>(c_v·M2·log d)^1.5 times the rank factor, as Theorem 2 prints it.</summary>
    public static double PrintedDeltaStar(double violationConstant, double heterogeneity, int dimension, double rankFactor)
        => Math.Pow(violationConstant * heterogeneity * Math.Log(dimension), 1.5) * rankFactor;

    /// <summary>p^−1.5 times the rank factor, as Definition 4 leads to it.</summary>
    public static double DeltaStar(double violationProbability, double rankFactor) => Math.Pow(violationProbability, -1.5) * rankFactor;

    /// <summary>max(δ*²·√r1·M1², δ*·M1)·log² d, the right side of (9) with C = 1.</summary>
    public static double Error(double deltaStar, double bound, int invariantRank, int dimension)
    {
        double scaled = deltaStar * bound, log = Math.Log(dimension);
        return Math.Max(scaled * scaled * Math.Sqrt(invariantRank), scaled) * log * log;
    }
}
