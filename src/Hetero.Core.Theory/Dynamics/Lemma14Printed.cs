using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 14, (75), as printed: under the assumptions of Lemma 11, for t ≤ T1 − 1, if ‖E_t‖, ‖Q_t‖ &lt; 1/(96·log(1/α)) and R̲_t ≤ σ_{r1} ≤ σ_1 ≤ R̄_t, then the same
/// holds at t + 1. False, with every hypothesis met.
/// </summary>
/// <remarks>
/// <para>(77) takes ‖U_t‖ for σ_1, by (59): but ‖Q_t‖ may be 1/(96·log(1/α)) while σ_1 is of the order of α, and then the RIP error is larger than the drift of (31).
/// At d = 10⁵, r1 = r2 = 17,600, α = d^{−3.99}, σ_1 = … = σ_{r1} = R̄_t and ‖Q_t‖ at its limit, a batch with the δ of Assumption 3 adds 2.5 times the drift
/// ηR̄_t/(32·log(1/α)) to σ_1 (<see cref="AlignedState"/>).</para>
/// <para>With (59) it holds: see <see cref="Lemma14"/>.</para>
/// </remarks>
public sealed class Lemma14Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L14-printed",
        Statement = "under the assumptions of Lemma 11, R̲_t ≤ σ_r1 ≤ σ_1 ≤ R̄_t carries over to t + 1",
        Equations = "(75), (77)",
        Stated = Verdict.Fails,
        Remark = "For the sake of Lemma 10: at d = 10⁵, r1 = r2 = 17,600, α = d^−3.99 a batch adds 2.5 times the drift of R̄_t to σ_1.",
        ControlStatement = "the same with twice the drift",
        DefaultTrials = 10,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the printed lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <param name="controllers">q_i^t, r2 numbers.</param>
    /// <param name="assumed">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1 or is not that of the step and the constants, one of these is out of range, or there are not r2 controllers.</exception>
    public static CheckResult Check(
        AnalyzedStep step,
        AnalysisConstants constants,
        CalibrationLine line,
        int time,
        ReadOnlySpan<double> controllers,
        TheoremConstants? assumed = null)
        => CheckResult.Judge(
            Facts.Id,
            [
                .. Lemma11.PrintedHypotheses(step, constants, line, time, controllers, assumed),
                .. Lemma14.SizeHypotheses(step, constants, line, time),
            ],
            Lemma14.Claims(step, line, time));

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 2);

    private static CheckResult Check(TheoryInstance instance, double factor)
    {
        PrintedSetting setting = PrintedSetting.Large(instance);
        AuxiliarySequences sequences = setting.Line.Sequences;
        int t = setting.Time;
        double upper = sequences.Upper[t], logarithm = setting.Constants.Logarithm;
        AlignedState state = setting.Aligned(0.999 / (96 * logarithm)) with { Invariant = upper };
        double without = AuxiliarySequences.Advance(upper, setting.StepSize), drift = sequences.Upper[t + 1] - without;
        return CheckResult.Judge(
            Facts.Id,
            [
                .. Lemma11.PrintedHypotheses(setting, state),
                .. Lemma14.SizeHypotheses(state.Sizes, upper, upper, setting.Constants, setting.Line, t),
            ],
            Inequality.AtMost(
                factor == 1 ? "σ_1^{(t+1)} ≤ R̄_{t+1}" : FormattableString.Invariant($"σ_1^{{(t+1)}} ≤ R̄_{{t+1}} with {factor} times the drift"),
                state.NextInvariant,
                without + (factor * drift))) with
        {
            Note = FormattableString.Invariant($"‖Q_t‖ = {state.Sizes.Spurious:G4}: the RIP error adds {state.Push / drift:G4} times the drift"),
        };
    }
}
