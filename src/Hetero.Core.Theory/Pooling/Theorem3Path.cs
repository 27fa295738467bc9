using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>
/// (13): PooledSGD with U* ⟂ V* and E[Σ^(e)] = I is never near A*. Reported is c in ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) over all t = 0…T2.
/// </summary>
/// <remarks>
/// Sharp at m = ∞: all directions grow by the same r², the distance √(r1(1 − r²)² + r2·r⁴) is smallest at r² = r1/(r1 + r2), and
/// c = √((r1 ∨ r2)/(r1 + r2)), never below √½. So early stopping does not help.
/// </remarks>
public sealed class Theorem3Path : TheoryCheck
{
    private static readonly (int, int)[] Pairs = [(1, 1), (2, 2), (1, 3), (3, 1)];

    private static readonly StatementInfo Facts = new()
    {
        Id = "T3-path",
        Statement = "PooledSGD, U* ⟂ V*, E[Σ^(e)] = I: ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) for all t",
        Equations = "(13)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.69,
        ConstantReached = 0.72,
        FalseAlarmRate = 1e-8,
        Remark =
            "Sharp at m = ∞: c = √((r1 ∨ r2)/(r1 + r2)), least for r1 = r2, √½ = 0.707; here r1, r2 = 1, 1, 2, 2, 1, 3 and 3, 1, and m = 4·10⁶ takes little off.",
        ControlStatement = "the same for HeteroSGD with M = 8",
        DefaultTrials = 2,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the path of the user's own run.</summary>
    /// <param name="trainer">PooledSGD at its start; it is trained.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the number of steps is below 1, or α is not below 1/3.</exception>
    public static CheckResult Check(PooledSgd<double> trainer, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return PooledLimit.Path(Facts.Id, trainer, steps ?? PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 12, Samples = 4_000_000, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => PooledReplicas.Path(Id, instance, Pairs, PaperSimulation.Pooled);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => PooledReplicas.Path(Id, instance with { Spread = 8 }, Pairs, PaperSimulation.Hetero);
}
