using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 12, (65), as printed: under the assumptions of Lemma 11, ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t. False, with every hypothesis met, even with ‖Q_t‖ &lt; 1.1 added.
/// </summary>
/// <remarks>
/// <para>Its (c) is Lemma 10, which is false (<see cref="Lemma10Printed"/>). At d = 10⁵, r1 = r2 = 17,600, α = d^{−3.99}, ‖Q_t‖ = 1.09 and E_t = 0 a batch with the δ of
/// Assumption 3 makes ‖E_{t+1}‖ = 8·ηL_t (<see cref="AlignedState"/>). And where ‖Q_t‖ may exceed √(2/η), ‖I − ηU_tᵀU_t‖ ≤ 1 fails as well, and with it (a).</para>
/// <para>With ‖Q_t‖ &lt; 1.1 and (59) it holds: see <see cref="Lemma12"/>.</para>
/// </remarks>
public sealed class Lemma12Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L12-printed",
        Statement = "under the assumptions of Lemma 11, ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t",
        Equations = "(65)",
        Stated = Verdict.Fails,
        Remark = "For the sake of Lemma 10: at d = 10⁵, r1 = r2 = 17,600, α = d^−3.99, ‖Q_t‖ = 1.09 a batch makes 8·ηL_t of E_t = 0.",
        ControlStatement = "the same with 6·ηL_t",
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
            Facts.Id, Lemma11.PrintedHypotheses(step, constants, line, time, controllers, assumed), Lemma12.Claim(step, line, time, 1));

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 6);

    private static CheckResult Check(TheoryInstance instance, double factor)
    {
        PrintedSetting setting = PrintedSetting.Large(instance);
        AlignedState state = setting.Aligned(1.09);
        double increment = setting.StepSize * setting.Line.Values[setting.Time];
        return CheckResult.Judge(
            Facts.Id,
            Lemma11.PrintedHypotheses(setting, state),
            Inequality.AtMost(factor == 1 ? "‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t" : FormattableString.Invariant($"‖E_{{t+1}}‖ ≤ ‖E_t‖ + {factor}·ηL_t"), state.NextResidual, factor * increment)) with
        {
            Note = FormattableString.Invariant($"‖Q_t‖ = {state.Sizes.Spurious:G4}, E_t = 0: ‖E_(t+1)‖ is {state.NextResidual / increment:G4}·ηL_t"),
        };
    }
}
