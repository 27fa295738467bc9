using Hetero.Core.Environments;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// The quantities of Assumption 2: M1 = sup |Σ_ii| and M2 = min_i Var Σ_ii/(1 + |E Σ_ii|) of (6), the size of the off-diagonal entries in
/// (7), and Theorem 2's window of step sizes, (24/M2, 1/(64·M1)).
/// </summary>
/// <remarks>
/// <para>(6) asks for numbers M1 above and M2 below these, so these are the limits of what the paper's may be. With s = mean ± M: M1 =
/// |mean| + M and M2 = M²/(1 + |mean|); uniform on the same range: M2 = M²/3/(1 + |mean|).</para>
/// <para>The window is not empty only if M2 &gt; 1536·M1. As Var ≤ M1² and so M2 ≤ M1², that needs M1 &gt; 1536; with s = mean ± M and mean
/// 1, M &gt; 3073. Thread-safe: immutable.</para>
/// </remarks>
public sealed record SpuriousRegularity
{
    private SpuriousRegularity(double bound, double heterogeneity, double offDiagonal)
        => (Bound, Heterogeneity, OffDiagonal) = (bound, heterogeneity, offDiagonal);

    /// <summary>Gets sup |Σ_ii| over environments and directions: (6) holds with every larger M1.</summary>
    public double Bound { get; }

    /// <summary>Gets min_i Var Σ_ii/(1 + |E Σ_ii|): (6) holds with every smaller M2.</summary>
    public double Heterogeneity { get; }

    /// <summary>Gets sup max_i r2²·Σ_{j≠i} |Σ_ij|, the left side of (7).</summary>
    public double OffDiagonal { get; }

    /// <summary>Gets M1/M2: Assumption 2 asks for a universal C_0 above it. +∞ if M2 is 0.</summary>
    public double BoundRatio => Heterogeneity == 0 ? double.PositiveInfinity : Bound / Heterogeneity;

    /// <summary>Gets the smallest c_o for which (7) holds with this M2: the left side times M2^{1.5}.</summary>
    public double DominanceConstant => OffDiagonal * Math.Pow(Heterogeneity, 1.5);

    /// <summary>Gets Theorem 2's window (24/M2, 1/(64·M1)); its upper end is below the lower one if it is empty.</summary>
    public StepSizeInterval Window => new(24 / Heterogeneity, 1 / (64 * Bound));

    /// <summary>Gets whether the window is empty, M2 ≤ 1536·M1.</summary>
    public bool IsWindowEmpty => Heterogeneity <= 1536 * Bound;

    /// <summary>Computes the quantities of a distribution.</summary>
    /// <param name="environments">The distribution over environments.</param>
    public static SpuriousRegularity Of(EnvironmentDistribution environments)
    {
        ArgumentNullException.ThrowIfNull(environments);
        double bound = 0, heterogeneity = double.PositiveInfinity;
        for (int i = 0; i < environments.Rank; i++)
        {
            EntryLaw law = EntryLaw.Of(environments, i);
            bound = Math.Max(bound, law.Bound);
            heterogeneity = Math.Min(heterogeneity, law.Heterogeneity);
        }

        return new SpuriousRegularity(bound, heterogeneity, environments.Rank * (double)environments.Rank * LargestOffRow(environments));
    }

    /// <summary>Computes the quantities of an instance for what divides by M2, such as p = c_v/(M2·log d).</summary>
    /// <exception cref="ArgumentOutOfRangeException">No Σ_ii varies: M2 is 0.</exception>
    internal static SpuriousRegularity Varying(TheoryInstance instance)
    {
        SpuriousRegularity found = Of(instance.CreateEnvironments());
        return found.Heterogeneity > 0 ? found : throw new ArgumentOutOfRangeException(
            nameof(instance),
            instance.Spread,
            FormattableString.Invariant($"'{nameof(instance)}.{nameof(instance.Spread)}' is {instance.Spread}; ")
            + "accepted is a number with a square above 0: else M2 is 0, and p = c_v/(M2·log d) has no value.");
    }

    private static double LargestOffRow(EnvironmentDistribution environments)
    {
        int rank = environments.Rank;
        if (environments is DiagonalEnvironments)
        {
            return 0;
        }

        if (environments is OffDiagonalEnvironments off)
        {
            return (rank - 1) * off.Size;
        }

        double largest = 0;
        double[] sigma = new double[rank * rank];
        for (int e = 0; e < environments.Count; e++)
        {
            environments.CopyMatrix(e, sigma);
            for (int i = 0; i < rank; i++)
            {
                double sum = 0;
                for (int j = 0; j < rank; j++)
                {
                    sum += j == i ? 0 : Math.Abs(sigma[(i * rank) + j]);
                }

                largest = Math.Max(largest, sum);
            }
        }

        return largest;
    }
}
