using Hetero.Core.Sensing;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// (86) and (87) of Theorem 4's proof, as printed: σ_1^{(t+1)} ≤ R̄_t, and L_t ≤ R_t/10 on the way to ‖E_t‖ ≤ ‖R_t‖. Both fail from the start on, with every hypothesis
/// met.
/// </summary>
/// <remarks>
/// <para>(86) has slipped by an index: σ_1^{(t+1)} ≤ R̄_{t+1} is what Lemma 14 gives. With U_0 = αI, σ_1^{(1)} = (1 + η − ηα²)α at m = ∞ with orthogonal subspaces, above R̄_0 =
/// α. Inside the window it fails up to t ≈ 32·log(1/α); at η = 0.05 at every step up to T1, as R̄_t/R_t never exceeds e^{1/32} = 1.032 and a step multiplies by 1.044 or
/// more. The lower half, R̲_t ≤ σ_r1^{(t+1)}, loses nothing by it.</para>
/// <para>L_t is at least α, so L_t ≤ R_t/10 needs R_t ≥ 10α. The increment of ‖E_t‖ is smaller than ηL_t: the other half of (59) bounds it by (5/576)·ηR_t/log(1/α), and
/// then (87) stands: see <see cref="Lemma12"/>.</para>
/// <para>Checked on runs at m = ∞ and d = 2, where every δ above 0 is a RIP constant and all constants are 1.</para>
/// </remarks>
public sealed class Theorem4Printed : TheoryCheck
{
    private const int Steps = 3;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T4-printed",
        Statement = "for t < T1: σ_1^{(t+1)} ≤ R̄_t (86), L_t ≤ R_t/10 (87)",
        Equations = "(86), (87)",
        Stated = Verdict.Fails,
        Remark =
            "(86) slips by an index, σ_1^{(t+1)} ≤ R̄_{t+1} is meant (L14); L_t ≥ α is above R_t/10 while R_t < 10α, where (59) has a smaller bound (L12).",
        ControlStatement = "the same with R̄_{t+1}, and R_t/2 for R_t/10",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks both lines on the user's own run.</summary>
    /// <param name="trainer">HeteroSGD at its start, with a constant step size; it is trained.</param>
    /// <param name="steps">How many steps, 1 or more.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m).</param>
    /// <param name="constants">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the step size changes, or a number is out of range.</exception>
    public static CheckResult Check(HeteroSgd<double> trainer, int steps, double? ripConstant = null, TheoremConstants? constants = null)
        => Check(trainer, steps, ripConstant, constants, control: false);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return WindowInstance.Place(instance with { Dimension = 2, InvariantRank = 1, SpuriousRank = 1, Columns = null, Overlap = 0 });
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        HeteroSgd<double> trainer = new(
            instance.CreateProblem(), instance.CreateEnvironments(), new PopulationMeasurements<double>(instance.Dimension), PaperSimulation.Options(instance));
        return Check(trainer, Steps, 0.5 * WindowInstance.ConstantsOf(instance).RipConstant, null, control);
    }

    private static CheckResult Check(HeteroSgd<double> trainer, int steps, double? ripConstant, TheoremConstants? constants, bool control)
    {
        TheoremSetting setting = TheoremSetting.Of(trainer, ripConstant, constants);
        Guard.AtLeast(steps, 1);
        IReadOnlyList<PartNorms> rows = TrainedRun.Parts(trainer, steps);
        AuxiliarySequences sequences = new(setting.StepSize, setting.InitialScale, steps);
        CalibrationLine line = new(
            sequences, setting.Bound, setting.RipConstant, setting.Problem.InvariantRank, setting.Problem.SpuriousRank);
        double largest = 0, level = 0, share = control ? 2 : 10;
        for (int t = 0; t < steps; t++)
        {
            largest = Math.Max(largest, rows[t + 1].LargestInvariant / sequences.Upper[control ? t + 1 : t]);
            level = Math.Max(level, share * line.Values[t] / sequences.Reference[t]);
        }

        return CheckResult.Judge(
            Facts.Id,
            setting.Hypotheses(),
            Inequality.AtMost(control ? "max σ_1^{(t+1)}/R̄_{t+1} ≤ 1" : "max σ_1^{(t+1)}/R̄_t ≤ 1", largest, 1, 1e-12),
            Inequality.AtMost(FormattableString.Invariant($"max L_t/(R_t/{share}) ≤ 1"), level, 1)) with
        {
            Note = FormattableString.Invariant($"{steps} steps: σ_1^(t+1) is up to R̄_t·(1 + {largest - 1:G4}), L_t up to {level / share:G4}·R_t"),
        };
    }
}
