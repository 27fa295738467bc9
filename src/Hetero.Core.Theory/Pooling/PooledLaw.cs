using Hetero.Core.Environments;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>
/// The law of pooled training's distance from A* + Ā to first order in √(d/m), in the special case of Theorems 3 and 6 with E[A^(e)] = Ā of eigenvalues 1: E‖Δ‖_F²
/// for Δ = UUᵀ − A* − Ā at a time when the start is forgotten.
/// </summary>
/// <remarks>
/// <para>Near A* + Ā, a projection Π of rank r = r1 + r2, only the tangent space of the matrices of rank r counts: r(r + 1)/2 coordinates of ΠΔΠ and r(d − r) of
/// (I − Π)ΔΠ. The error of a gradient is N = Σ_e π_e·E_e∘(Ā − A^(e)), N(0, V/m) in every coordinate of svec and twice that along A^(e) − Ā, a multiple of V*V*ᵀ.</para>
/// <para>Stored measurements (PooledGD, m for each environment): Δ stands still where D + N = 0 on the tangent space, so E‖Δ‖² is (t + 1)·V/m with t = r(2d − r + 1)/2
/// and V = Σ_e π_e²‖A^(e) − Ā‖_F².</para>
/// <para>Fresh measurements (PooledSGD, m in all): ΠΔΠ ← (1 − 2η)ΠΔΠ − 2ηΠNΠ and (I − Π)ΔΠ ← (1 − η)(I − Π)ΔΠ − η(I − Π)NΠ, so E‖Δ‖² is
/// [(r(r + 1)/2 + 1)·η/(1 − η) + r(d − r)·η/(2 − η)]·V/m with V = E‖A^(e) − Ā‖_F².</para>
/// </remarks>
internal static class PooledLaw
{
    /// <summary>Returns E‖Δ‖_F² of PooledGD with stored measurements, for two points mean ± M with one draw for all directions.</summary>
    public static double Stored(DiagonalEnvironments environments, int dimension, int invariantRank, TrainingOptions options)
    {
        double rank = invariantRank + environments.Rank, tangent = rank * ((2 * dimension) - rank + 1) / 2;
        return (tangent + 1) * 0.5 * Variance(environments) / options.Samples;
    }

    /// <summary>Returns E‖Δ‖_F² of PooledSGD with fresh measurements, for two points mean ± M with one draw for all directions.</summary>
    public static double Fresh(DiagonalEnvironments environments, int dimension, int invariantRank, TrainingOptions options)
    {
        double rank = invariantRank + environments.Rank, rate = options.StepSize.At(0) * options.GradientScale;
        double inside = ((rank * (rank + 1) / 2) + 1) * rate / (1 - rate), across = rank * (dimension - rank) * rate / (2 - rate);
        return (inside + across) * Variance(environments) / options.Samples;
    }

    private static double Variance(DiagonalEnvironments environments) => environments.Rank * environments.Spread * environments.Spread;
}
