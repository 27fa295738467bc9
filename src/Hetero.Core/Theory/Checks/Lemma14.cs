using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 14, (75)–(81): under the assumptions of Lemma 11, for t ≤ T1 − 1, if ‖E_t‖, ‖Q_t‖ &lt; 1/(96·log(1/α)) and R̲_t ≤ σ_{r1} ≤ σ_1 ≤ R̄_t for the
/// singular values of R_t, then the same holds at t + 1, and both σ_1 and σ_{r1} grow by a factor of 1 + η/3 at least.
/// </summary>
/// <remarks>
/// <para>The second line of (77) prints 1/32 in front of log⁻¹ where 1/96 is meant (the next line has it, and (59) gives it); (80) means the scalar
/// R_{t+1} at its two ends. The cross terms of Lemma 8, 6ε1‖U_t‖²σ_1, are left out: (77) has room for them.</para>
/// </remarks>
public sealed class Lemma14 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L14";

    /// <inheritdoc/>
    public override string Statement => "under the assumptions of Lemma 11, R̲_t ≤ σ_r1 ≤ σ_1 ≤ R̄_t carries over to t + 1, and σ_1, σ_r1 grow by 1 + η/3";

    /// <inheritdoc/>
    public override string Equations => "(75)–(81)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.HypothesisNotMet;

    /// <inheritdoc/>
    public override string Remark
        => "Theorem 2's window for η needs M1 > 1536, far from the paper's own simulations; L14-step tests what the proof uses.";

    /// <inheritdoc/>
    public override string ControlStatement => "the claims without any assumption";

    /// <inheritdoc/>
    public override int DefaultTrials => 30;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ConstructedStep.MoveToSimulations(instance);
    }

    /// <summary>Checks the lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <param name="controllers">q_i^t, r2 numbers.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1 or is not that of the step and the constants, one of these is out of range, or there are not r2 controllers.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers)
    {
        CheckResult conditions = Lemma11.Check(step, constants, line, time, controllers);
        return TheoremAssumptions.WithSides(
            CheckResult.Judge(
                "L14", [.. conditions.Hypotheses, .. SizeHypotheses(step, constants, line, time)], Claims(step, line, time, control: false)));
    }

    internal static Inequality[] SizeHypotheses(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        AuxiliarySequences sequences = line.Sequences;
        (double smallest, double largest) = AnalyzedStep.SingularValues(step.Invariant);
        double small = 1 / (96 * constants.Logarithm), roundOff = 1e-11 * largest;
        return
        [
            Inequality.AtMost("t ≤ T1 − 1", time, PhaseSchedule.Create(step.StepSize, constants.InitialScale).GrowthEnd - 1),
            Inequality.Below("‖E_t‖ < 1/(96·log(1/α))", step.ResidualNorm, small),
            Inequality.Below("‖Q_t‖ < 1/(96·log(1/α))", step.SpuriousNorm, small),
            Inequality.AtMost("R̲_t ≤ σ_r1", sequences.Lower[time], smallest, roundOff),
            Inequality.AtMost("σ_1 ≤ R̄_t", largest, sequences.Upper[time], roundOff),
        ];
    }

    internal static Inequality[] Claims(AnalyzedStep step, CalibrationLine line, int time, bool control)
    {
        AuxiliarySequences sequences = line.Sequences;
        (double smallest, double largest) = AnalyzedStep.SingularValues(step.Invariant);
        (double nextSmallest, double nextLargest) = AnalyzedStep.SingularValues(step.NextInvariant);
        double roundOff = 1e-11 * nextLargest;
        double upper = control ? AuxiliarySequences.Next(sequences.Upper[time], step.StepSize) : sequences.Upper[time + 1];
        double lower = control ? AuxiliarySequences.Next(sequences.Lower[time], step.StepSize) : sequences.Lower[time + 1];
        return
        [
            Inequality.AtMost("R̲_{t+1} ≤ σ_r1^{(t+1)}", lower, nextSmallest, roundOff),
            Inequality.AtMost("σ_1^{(t+1)} ≤ R̄_{t+1}", nextLargest, upper, roundOff),
            Inequality.AtLeast("σ_1^{(t+1)} ≥ (1 + η/3)σ_1", nextLargest, (1 + (step.StepSize / 3)) * largest, roundOff),
            Inequality.AtLeast("σ_r1^{(t+1)} ≥ (1 + η/3)σ_r1", nextSmallest, (1 + (step.StepSize / 3)) * smallest, roundOff),
        ];
    }

    private protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants, drawn.Line, drawn.Time, drawn.Controller);
    }

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(ConstructedStep.MoveOutside(instance));
        return CheckResult.Judge("L14", [], Claims(drawn.Step, drawn.Line, drawn.Time, control: false));
    }
}
