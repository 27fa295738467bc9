using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 14, (75)–(81), with what its proof needs: under the assumptions of Lemma 11 and (59), for t ≤ T1 − 1, if ‖E_t‖, ‖Q_t‖ &lt; 1/(96·log(1/α)) and R̲_t ≤ σ_{r1} ≤
/// σ_1 ≤ R̄_t for the singular values of R_t, then the same holds at t + 1, and both σ_1 and σ_{r1} grow by a factor of 1 + η/3 at least.
/// </summary>
/// <remarks>
/// <para>The second line of (77) prints 1/32 in front of log⁻¹ where 1/96 is meant (the next line has it, and (59) gives it); (80) means the scalar
/// R_{t+1} at its two ends. The cross terms of Lemma 8, 6ε1‖U_t‖²σ_1, are left out: (77) has room for them.</para>
/// <para>As printed it is false: see <see cref="Lemma14Printed"/>.</para>
/// </remarks>
public sealed class Lemma14 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L14",
        Statement = "under the assumptions of Lemma 11 and (59), R̲_t ≤ σ_r1 ≤ σ_1 ≤ R̄_t carries over to t + 1, and σ_1, σ_r1 grow by 1 + η/3",
        Equations = "(75)–(81)",
        Stated = Verdict.Holds,
        Remark =
            "Deterministic. Inside the window, at M above 3200 and d up to 8, with singular values at the ends of their interval; without (59) it is false (L14-printed).",
        ControlStatement = "the same with 1 + η for 1 + η/3",
        DefaultTrials = 30,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return WindowInstance.Adapt(instance);
    }

    /// <summary>Checks the lemma on a step.</summary>
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
        => Check(step, constants, line, time, controllers, assumed, 1.0 / 3);

    internal static Inequality[] SizeHypotheses(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        (double smallest, double largest) = AnalyzedStep.SingularValues(step.Invariant);
        return SizeHypotheses(StateSizes.Of(step), smallest, largest, constants, line, time);
    }

    internal static Inequality[] SizeHypotheses(
        StateSizes sizes, double smallest, double largest, AnalysisConstants constants, CalibrationLine line, int time)
    {
        double small = 1 / (96 * constants.Logarithm), roundOff = 1e-11 * largest;
        return
        [
            Inequality.AtMost("t ≤ T1 − 1: R_t ≤ 1/3 − η", line.Sequences.Reference[time], (1.0 / 3) - sizes.StepSize),
            Inequality.Below("‖E_t‖ < 1/(96·log(1/α))", sizes.Residual, small),
            Inequality.Below("‖Q_t‖ < 1/(96·log(1/α))", sizes.Spurious, small),
            Inequality.AtMost("R̲_t ≤ σ_r1", line.Sequences.Lower[time], smallest, roundOff),
            Inequality.AtMost("σ_1 ≤ R̄_t", largest, line.Sequences.Upper[time], roundOff),
        ];
    }

    /// <summary>The claims, with the factor 1 + growth·η, and without the drift of (31) for the control of "L14-step".</summary>
    internal static Inequality[] Claims(AnalyzedStep step, CalibrationLine line, int time, double growth = 1.0 / 3, bool hasDrift = true)
    {
        AuxiliarySequences sequences = line.Sequences;
        (double smallest, double largest) = AnalyzedStep.SingularValues(step.Invariant);
        (double nextSmallest, double nextLargest) = AnalyzedStep.SingularValues(step.NextInvariant);
        double roundOff = (1e-11 * nextLargest) + step.RoundOff, factor = 1 + (growth * step.StepSize);
        double upper = hasDrift ? sequences.Upper[time + 1] : AuxiliarySequences.Advance(sequences.Upper[time], step.StepSize);
        double lower = hasDrift ? sequences.Lower[time + 1] : AuxiliarySequences.Advance(sequences.Lower[time], step.StepSize);
        string shown = growth == 1 ? "η" : "η/3";
        return
        [
            Inequality.AtMost("R̲_{t+1} ≤ σ_r1^{(t+1)}", lower, nextSmallest, roundOff),
            Inequality.AtMost("σ_1^{(t+1)} ≤ R̄_{t+1}", nextLargest, upper, roundOff),
            Inequality.AtLeast($"σ_1^{{(t+1)}} ≥ (1 + {shown})σ_1", nextLargest, factor * largest, roundOff),
            Inequality.AtLeast($"σ_r1^{{(t+1)}} ≥ (1 + {shown})σ_r1", nextSmallest, factor * smallest, roundOff),
        ];
    }

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return WindowInstance.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        AnalysisConstants constants = WindowInstance.ConstantsOf(instance);
        ConstructedStep made = WindowInstance.CreateStep(instance, ConstructedState.Growth, constants);
        return Check(made.Step, constants, made.Line, made.Time, made.Controller, WindowInstance.AssumedOf(instance, constants), control ? 1 : 1.0 / 3);
    }

    private static CheckResult Check(
        AnalyzedStep step,
        AnalysisConstants constants,
        CalibrationLine line,
        int time,
        ReadOnlySpan<double> controllers,
        TheoremConstants? assumed,
        double growth)
        => TheoremAssumptions.WithSides(
            CheckResult.Judge(
                Facts.Id,
                [.. Lemma11.Hypotheses(step, constants, line, time, controllers, assumed), .. SizeHypotheses(step, constants, line, time)],
                Claims(step, line, time, growth)));
}
