using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.EndToEnd;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// (109): PooledGD with U* ⟂ V* and E[Σ^(e)] = I ends near A* + Ā. Reported is C in ‖U_TU_Tᵀ − A* − Ā‖_F ≤ C·√(d/m) at T2.
/// </summary>
/// <remarks>(109) has the right side of (9), far larger than √(d/m). The measurements are stored: drawn once, a set for each environment, and used at every step, so that
/// their error does not average out as PooledSGD's does, and C is larger.</remarks>
public sealed class Theorem6 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "T6";

    /// <inheritdoc/>
    public override string Statement => "PooledGD, U* ⟂ V*, E[Σ^(e)] = I: ‖U_TU_Tᵀ − A* − Ā‖_F ≤ C·√(d/m)";

    /// <inheritdoc/>
    public override string Equations => "(109)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.ImpliedConstant;

    /// <inheritdoc/>
    public override string Remark
        => "The special case alone is asked for; Theorem 2's step-size window, out of reach, is not needed. C grows with M·√r2: here M = 6, r1 = 1, r2 = 2.";

    /// <inheritdoc/>
    public override double? ConstantLimit => 25;

    /// <inheritdoc/>
    public override string ControlStatement => "the same with A* in place of A* + Ā";

    /// <inheritdoc/>
    public override int DefaultTrials => 2;

    /// <summary>Checks the limit of the user's own run.</summary>
    /// <param name="trainer">PooledGD at its start; it is trained.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the number of steps is below 1, or α is not below 1/3.</exception>
    public static CheckResult Check(PooledGd<double> trainer, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return PooledLimit.Distance("T6", trainer, steps ?? PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 6, SpuriousRank = 2, Samples = 12_000, Overlap = 0 };
    }

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(PaperSimulation.PooledDescent(instance));

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        PooledGd<double> trainer = PaperSimulation.PooledDescent(instance);
        return PooledLimit.Distance("T6", trainer, PhaseSchedule.Create(trainer.Options).ConvergenceEnd, toInvariant: true);
    }
}
