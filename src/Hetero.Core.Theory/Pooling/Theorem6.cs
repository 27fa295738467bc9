using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>
/// (109): PooledGD with U* ⟂ V* and E[Σ^(e)] = I ends near A* + Ā. Reported is C in ‖U_TU_Tᵀ − A* − Ā‖_F ≤ C·√(d/m) at T2.
/// </summary>
/// <remarks>(109) has the right side of (9), far larger than √(d/m). The measurements are stored: drawn once, a set for each environment, and used at every step, so that
/// their error does not average out as PooledSGD's does, and C is larger.</remarks>
public sealed class Theorem6 : TheoryCheck
{
    private const int Replicas = 64;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T6",
        Statement = "PooledGD, U* ⟂ V*, E[Σ^(e)] = I: (E‖U_TU_Tᵀ − A* − Ā‖_F²)^½ ≤ C·√(d/m)",
        Equations = "(109)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 5.95,
        ConstantReached = 3.9,
        FalseAlarmRate = 1e-8,
        Remark =
            "The special case alone is asked for; Theorem 2's step-size window, out of reach, is not needed. C grows with M·√r2: here M = 3, r1, r2 = 1, 2 and 2, 1; T6-sharp has the law.",
        ControlStatement = "the same with A* in place of A* + Ā",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the limit of the user's own run.</summary>
    /// <param name="trainer">PooledGD at its start; it is trained.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the number of steps is below 1, or α is not below 1/3.</exception>
    public static CheckResult Check(PooledGd<double> trainer, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return PooledLimit.Distance(Facts.Id, trainer, steps ?? PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 6, Samples = 3000, Spread = 3, StepSize = 0.1, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, toInvariant: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, toInvariant: true);

    private static CheckResult Check(TheoryInstance instance, bool toInvariant)
        => PooledReplicas.Distance(Facts.Id, instance, [(1, 2), (2, 1)], Replicas, PaperSimulation.PooledDescent, toInvariant);
}
