using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.EndToEnd;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// (110): PooledGD with U* ⟂ V* and E[Σ^(e)] = I is never near A*. Reported is c in ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) over all t = 0…T2.
/// </summary>
/// <remarks>
/// Sharp at m = ∞: all directions grow by the same r², the distance √(r1(1 − r²)² + r2·r⁴) is smallest at r² = r1/(r1 + r2), and
/// c = √((r1 ∨ r2)/(r1 + r2)), never below √½. So early stopping does not help.
/// </remarks>
public sealed class Theorem6Path : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "T6-path";

    /// <inheritdoc/>
    public override string Statement => "PooledGD, U* ⟂ V*, E[Σ^(e)] = I: ‖U_tU_tᵀ − A*‖_F ≥ c·√(r1 ∧ r2) for all t";

    /// <inheritdoc/>
    public override string Equations => "(110)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.ImpliedConstant;

    /// <inheritdoc/>
    public override string Remark => "Sharp at m = ∞: c = √((r1 ∨ r2)/(r1 + r2)), √(2/3) = 0.816 with r1 = 1, r2 = 2; stored measurements at m = 12,000 take up to 0.35 off.";

    /// <inheritdoc/>
    public override double? ConstantLimit => 0.4;

    /// <inheritdoc/>
    public override string ControlStatement => "the same for HeteroSGD with M = 8";

    /// <inheritdoc/>
    public override int DefaultTrials => 2;

    /// <summary>Checks the path of the user's own run.</summary>
    /// <param name="trainer">PooledGD at its start; it is trained.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the number of steps is below 1, or α is not below 1/3.</exception>
    public static CheckResult Check(PooledGd<double> trainer, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return PooledLimit.Path("T6-path", trainer, steps ?? PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
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
        HeteroSgd<double> trainer = PaperSimulation.Hetero(instance with { Spread = 8 });
        return PooledLimit.Path("T6-path", trainer, PhaseSchedule.Create(trainer.Options).ConvergenceEnd);
    }
}
