namespace Hetero.Core.Sensing;

/// <summary>
/// The RIP constant that Assumption 3 asks for, and the number of measurements that gives one. The paper leaves both constants unnamed.
/// </summary>
/// <remarks>Thread-safe: no state.</remarks>
public static class RipThresholds
{
    /// <summary>Returns the rank at which Assumption 3 wants the RIP, s = 4(r1 + r2); full rank d if that is less.</summary>
    /// <param name="dimension">The dimension d, 1 or more.</param>
    /// <param name="invariantRank">The rank r1, 1 to d.</param>
    /// <param name="spuriousRank">The rank r2, 1 to d.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int AssumedRank(int dimension, int invariantRank, int spuriousRank)
    {
        Guard.AtLeast(dimension, 1);
        Guard.InRange(invariantRank, 1, dimension);
        Guard.InRange(spuriousRank, 1, dimension);
        return (int)Math.Min(dimension, 4 * ((long)invariantRank + spuriousRank));
    }

    /// <summary>
    /// Returns the largest δ that Assumption 3 accepts, C/((M2·log d)^1.5 · r2^2.5 · √(r1 + r2)), where M2 is the heterogeneity of (6).
    /// </summary>
    /// <param name="heterogeneity">M2, above 0.</param>
    /// <param name="dimension">The dimension d, 2 or more: log 1 = 0 would accept any δ.</param>
    /// <param name="invariantRank">The rank r1, 1 to d.</param>
    /// <param name="spuriousRank">The rank r2, 1 to d.</param>
    /// <param name="constant">The constant C that the paper's ≲ stands for, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double AssumedDelta(double heterogeneity, int dimension, int invariantRank, int spuriousRank, double constant = 1)
    {
        Guard.Positive(heterogeneity);
        Guard.AtLeast(dimension, 2);
        Guard.InRange(invariantRank, 1, dimension);
        Guard.InRange(spuriousRank, 1, dimension);
        Guard.Positive(constant);
        double size = heterogeneity * Math.Log(dimension), ranks = Math.Pow(spuriousRank, 2.5) * Math.Sqrt((double)invariantRank + spuriousRank);
        double divisor = Math.Pow(size, 1.5) * ranks;
        return double.IsNormal(divisor) ? constant / divisor : constant / size / Math.Sqrt(size) / ranks;
    }

    /// <summary>
    /// Returns the number of Gaussian measurements m = C·d·s/δ² with which they have the RIP (s, δ) with high probability (Candès and Plan 2011,
    /// Theorem 2.3).
    /// </summary>
    /// <param name="dimension">The dimension d, 1 or more.</param>
    /// <param name="rank">The rank s, 1 to d.</param>
    /// <param name="delta">δ, above 0 and below 1.</param>
    /// <param name="constant">The constant C, above 0.</param>
    /// <returns>The number, rounded up; a double, as it may exceed every integer type. Infinite if it exceeds that, too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double RequiredSamples(int dimension, int rank, double delta, double constant = 1)
    {
        Guard.AtLeast(dimension, 1);
        Guard.InRange(rank, 1, dimension);
        Guard.Positive(delta);
        Guard.InRange(delta, 0.0, Math.BitDecrement(1.0));
        Guard.Positive(constant);
        double square = delta * delta;
        return Math.Ceiling(double.IsNormal(square) ? constant * dimension * rank / square : constant * dimension * rank / delta / delta);
    }
}
