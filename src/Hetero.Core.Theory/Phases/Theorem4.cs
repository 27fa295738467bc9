using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// Theorem 4, (75)–(87), phase 1 of the paper's own simulation (d = 100, r1 = r2 = 1, m = 8000, η = 0.05, mean 1, M = 6, α = 10⁻³, δ = √(d/m)), all constants 1:
/// growth of σ_j(R_t) by 1 + η/3, the bounds of Q_t and E_t, and σ(R_T1) ∈ (1/4, 7/18).
/// </summary>
/// <remarks>
/// The hypotheses are those of Theorem 2 and out of reach (<see cref="Convergence.Theorem2"/>). (82), ‖E_0‖ = α, holds with orthogonal subspaces only; with ε1 &gt; 0 it is
/// up to (1 + ε1)α.
/// </remarks>
public sealed class Theorem4 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "T4",
        Statement = "phase 1, t ≤ T1: σ_j(R_t) grows by 1 + η/3 or more, ‖Q_t‖_F and ‖E_t‖ stay small, σ_j(R_T1) ∈ (1/4, 7/18)",
        Equations = "(75)–(87)",
        Stated = Verdict.HypothesisNotMet,
        Remark =
            "Theorem 2's window is empty unless M1 > 1536; T4-population meets every hypothesis, T4-growth and T4-residual take real runs without them.",
        ControlStatement = "the paper's simulation meets every hypothesis",
        DefaultTrials = 1,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks phase 1 of the user's own run.</summary>
    /// <param name="trainer">HeteroSGD at its start, with a constant step size; it is trained up to T1.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m).</param>
    /// <param name="constants">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the step size changes, or a number is out of range.</exception>
    public static CheckResult Check(HeteroSgd<double> trainer, double? ripConstant = null, TheoremConstants? constants = null)
    {
        TheoremSetting setting = TheoremSetting.Of(trainer, ripConstant, constants);
        int last = PhaseSchedule.Create(trainer.Options).GrowthEnd;
        PhaseClaims claims = new(setting, TrainedRun.Parts(trainer, last));
        return CheckResult.Judge(
            Facts.Id, setting.Hypotheses(), [.. claims.Growth(last, 1.0 / 3), claims.Spurious(), .. claims.Residual(0, last, claims.Unit)]);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 100, Samples = 8000 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(PaperSimulation.Hetero(instance));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => CheckResult.Judge(Facts.Id, [], TheoremSetting.Of(PaperSimulation.Hetero(instance)).Hypotheses());
}
