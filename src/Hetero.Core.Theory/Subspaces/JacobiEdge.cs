namespace Hetero.Core.Theory.Subspaces;

/// <summary>
/// Where the largest principal cosine of two independent random subspaces concentrates: with a = r1/d, b = r2/d the squared cosines are the
/// eigenvalues of a Jacobi ensemble, whose bulk ends at (√(a(1−b)) + √(b(1−a)))² (Wachter 1980). At finite d it fluctuates by a law of Tracy and
/// Widom.
/// </summary>
/// <remarks>Proposition 1 has √(a + b) instead, up to constants: for a = b → 0 the edge is √2 times that. Thread-safe: no state.</remarks>
public static class JacobiEdge
{
    /// <summary>
    /// Returns √(a(1−b)) + √(b(1−a)), the limit of ε1 = ‖U*ᵀV*‖ as d grows at fixed a and b; 1 from r1 + r2 = d on, where subspaces must meet.
    /// </summary>
    /// <param name="dimension">The dimension d, 1 or more.</param>
    /// <param name="invariantRank">The rank r1, 1 to d.</param>
    /// <param name="spuriousRank">The rank r2, 1 to d.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double LargestCosine(int dimension, int invariantRank, int spuriousRank)
    {
        Guard.AtLeast(dimension, 1);
        Guard.InRange(invariantRank, 1, dimension);
        Guard.InRange(spuriousRank, 1, dimension);
        double a = (double)invariantRank / dimension, b = (double)spuriousRank / dimension;
        return a + b >= 1 ? 1 : Math.Sqrt(a * (1 - b)) + Math.Sqrt(b * (1 - a));
    }

    /// <summary>
    /// Returns centre and scale of logit(ε1²) = ln(ε1²/(1 − ε1²)) at finite d: (logit(ε1²) − centre)/scale has the Tracy–Widom law of real matrices
    /// up to O(min(r1, r2)^(−2/3)) (Johnstone 2008, (5) and (6)). With N = d − 1, sin²(φ/2) = (max(r1, r2) − ½)/N and sin²(γ/2) = (min(r1, r2) −
    /// ½)/N: centre = 2·ln tan((φ + γ)/2), scale³ = 16/(N²·sin²(φ + γ)·sin φ·sin γ).
    /// </summary>
    /// <param name="dimension">The dimension d, above r1 + r2.</param>
    /// <param name="invariantRank">The rank r1, 1 or more.</param>
    /// <param name="spuriousRank">The rank r2, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static (double Center, double Scale) LogitLaw(int dimension, int invariantRank, int spuriousRank)
    {
        Guard.AtLeast(invariantRank, 1);
        Guard.AtLeast(spuriousRank, 1);
        Guard.AtLeast(dimension, (long)invariantRank + spuriousRank + 1, nameof(dimension));
        double n = dimension - 1;
        double phi = 2 * Math.Asin(Math.Sqrt((invariantRank - 0.5) / n)), gamma = 2 * Math.Asin(Math.Sqrt((spuriousRank - 0.5) / n));
        double sine = Math.Sin(phi + gamma);
        return (2 * Math.Log(Math.Tan(0.5 * (phi + gamma))), Math.Cbrt(16 / (n * n * sine * sine * Math.Sin(phi) * Math.Sin(gamma))));
    }
}
