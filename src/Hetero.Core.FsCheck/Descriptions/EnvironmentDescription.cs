using System.Globalization;
using Hetero.Core.Environments;

namespace Hetero.Core.FsCheck;

/// <summary>A distribution over environments: the law of Σ^(e).</summary>
/// <param name="Rank">The order r2 of Σ^(e), 1 or more.</param>
/// <param name="Mean">The mean of a diagonal entry.</param>
/// <param name="Spread">The half-width M of a diagonal entry, 0 or more.</param>
/// <param name="Law">Two points mean ± M with equal odds, or uniform between them.</param>
/// <param name="OwnDraws">Whether every direction draws its own scalar.</param>
/// <param name="OffDiagonal">The size of the entries off the diagonal, 0 or more; not used if r2 = 1.</param>
public sealed record EnvironmentDescription(int Rank, double Mean, double Spread, ScalarLaw Law, bool OwnDraws, double OffDiagonal)
{
    /// <summary>Gets the order r2 of Σ^(e).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Rank { get; init => field = Require.Count(value, 1); } = Require.Count(Rank, 1);

    /// <summary>Gets sup |Σ_ii|, which M1 of (6) must exceed.</summary>
    public double Bound => Math.Abs(Mean) + Spread;

    /// <summary>Gets min Var Σ_ii/(1 + |E Σ_ii|), which M2 of (6) must stay below; a uniform law has the variance M²/3.</summary>
    public double Heterogeneity => Spread * Spread / (Law == ScalarLaw.TwoPoint ? 1 : 3) / (1 + Math.Abs(Mean));

    /// <summary>Gets r2²·sup Σ_{j≠i} |Σ_ij|, the left side of (7).</summary>
    public double OffDiagonalSum => Rank * Rank * (Rank - 1.0) * OffDiagonal;

    /// <summary>
    /// Returns whether Assumption 2 holds for the two universal constants that the paper leaves open: there are M1 &lt; C0·M2 that satisfy (6)
    /// and (7). Both inequalities are easiest for the smallest M1 and M2, so that is sup |Σ_ii| &lt; C0·min Var Σ_ii/(1 + |E Σ_ii|), and the sum
    /// of (7) below c_o·(C0/sup |Σ_ii|)^1.5 or 0.
    /// </summary>
    /// <param name="ratio">The constant C0, above 0.</param>
    /// <param name="dominance">The constant c_o, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is not above 0.</exception>
    public bool MeetsAssumption2(double ratio, double dominance)
    {
        Require.Positive(ratio);
        Require.Positive(dominance);
        return Bound < ratio * Heterogeneity && (OffDiagonalSum == 0 || OffDiagonalSum < dominance * Math.Pow(ratio / Bound, 1.5));
    }

    /// <summary>Makes the distribution.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public EnvironmentDistribution Create() => new EnvironmentRecipe
    {
        Law = Law,
        Mean = Mean,
        Spread = Spread,
        OwnDraws = OwnDraws,
        OffDiagonal = Rank > 1 ? OffDiagonal : 0,
    }.Create(Rank);

    /// <summary>Returns the description on one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"environments r2={Rank} mean={Mean:R} M={Spread:R} {(Law == ScalarLaw.TwoPoint ? "two-point" : "uniform")}{(OwnDraws ? " own-draws" : "")} off={OffDiagonal:R}");
}
