using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>
/// (110): PooledGD with U* ⟂ V* and E[Σ^(e)] = I is never near A*. Reported is c in ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) over all t = 0…T2, and over five pairs of ranks.
/// </summary>
/// <remarks>
/// <para>Sharp at m = ∞: all directions grow by the same r², the distance √(r1(1 − r²)² + r2·r⁴) is smallest at r² = r1/(r1 + r2), and
/// c = √((r1 ∨ r2)/(r1 + r2)), √½ for equal ranks and never below. So early stopping does not help.</para>
/// <para>Finite m lets directions grow at different speeds, which a path from α = 10⁻³ amplifies: c is normal about its sharp value with a deviation of 0.0066 for each pair at
/// m = 10⁷, M = 6, and ∝ √(1/m) where it is small; growth saturates, and it is about 0.15 at m = 12,000, where c is below 0.4 at times. Of the twenty paths
/// with equal ranks in a series, none is below the limit
/// 0.66, 7 deviations away, but in 10⁻¹⁰ of the series, and the smallest is below 0.74 in all but 10⁻⁷⁰.</para>
/// </remarks>
public sealed class Theorem6Path : TheoryCheck
{
    private static readonly (int, int)[] Pairs = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)];

    private static readonly StatementInfo Facts = new()
    {
        Id = "T6-path",
        Statement = "PooledGD, U* ⟂ V*, E[Σ^(e)] = I: ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) for all t",
        Equations = "(110)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.66,
        ConstantReached = 0.74,
        FalseAlarmRate = 1e-8,
        Remark =
            "Sharp at m = ∞: c = √((r1 ∨ r2)/(r1 + r2)), √½ = 0.707 for equal ranks; five pairs of ranks at m = 10⁷, where the noise is 0.007.",
        ControlStatement = "the same for HeteroSGD with M = 8",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the path of the user's own run.</summary>
    /// <param name="trainer">PooledGD at its start; it is trained.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the number of steps is below 1, or α is not below 1/3.</exception>
    public static CheckResult Check(PooledGd<double> trainer, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return PooledLimit.Path(Facts.Id, trainer, steps ?? PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 6, Samples = 10_000_000, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => PooledReplicas.Path(Id, instance, Pairs, PaperSimulation.PooledDescent);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => PooledReplicas.Path(Id, instance with { Spread = 8 }, Pairs, PaperSimulation.Hetero);
}
