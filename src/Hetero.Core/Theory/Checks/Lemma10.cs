using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 10, (59), (60): under the assumptions of Theorem 2, if ‖E_t‖ ≤ ‖R_t‖ ≤ min(4R_t, 1.1) and ‖Q_t‖ ≤ √r2·p^{−1.5}r2^{1.5}·L_t, then
/// (M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t ∧ (5/576)·R_t/log(1/α).
/// </summary>
/// <remarks>
/// <para>R_t is the scalar sequence (25) where it stands alone, the matrix (17) in ‖R_t‖.</para>
/// <para>The proof's conditions (b) and (d) print 2/5 where the factor 5/2 of (60) belongs, and they do not follow from Assumption 3, whose δ knows
/// nothing of M1: see "L10-constant". "L10-step" asks for the conditions themselves.</para>
/// </remarks>
public sealed class Lemma10 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L10";

    /// <inheritdoc/>
    public override string Statement => "under the assumptions of Theorem 2, (M1ε1 + 2M1δ√(r1 + r2))‖U‖ ≤ L_t ∧ (5/576)R_t/log(1/α)";

    /// <inheritdoc/>
    public override string Equations => "(59), (60)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.HypothesisNotMet;

    /// <inheritdoc/>
    public override string Remark
        => "Theorem 2's window for η needs M1 > 1536, far from the paper's own simulations; L10-step tests what the proof uses.";

    /// <inheritdoc/>
    public override string ControlStatement => "the bound without any assumption";

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
    /// <exception cref="ArgumentException">The line does not reach t + 1, or is not that of the step and the constants, or one of these is out of range.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        return TheoremAssumptions.WithSides(
            CheckResult.Judge(
                "L10", [.. TheoremAssumptions.Of(step, constants), .. NormHypotheses(step, constants, line, time)], Claims(step, constants, line, time)));
    }

    internal static Inequality[] NormHypotheses(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        int r2 = step.Problem.SpuriousRank;
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, r2);
        return
        [
            Inequality.AtMost("‖E_t‖ ≤ ‖R_t‖", step.ResidualNorm, step.InvariantNorm),
            Inequality.AtMost("‖R_t‖ ≤ min(4R_t, 1.1)", step.InvariantNorm, Math.Min(4 * line.Sequences.Reference[time], 1.1)),
            Inequality.AtMost("‖Q_t‖ ≤ √r2·p^{−1.5}r2^{1.5}·L_t", step.SpuriousNorm, Math.Sqrt(r2) * height * line.Values[time]),
        ];
    }

    internal static Inequality[] Claims(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        double left = ((constants.Bound * step.Overlap) + (2 * constants.Bound * constants.RipConstant * step.RootRank)) * step.FactorNorm;
        return
        [
            Inequality.AtMost("(M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t", left, line.Values[time]),
            Inequality.AtMost("(M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ (5/576)R_t/log(1/α)", left, 5.0 / 576 * line.Sequences.Reference[time] / constants.Logarithm),
        ];
    }

    private protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants, drawn.Line, drawn.Time);
    }

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(ConstructedStep.MoveOutside(instance));
        return CheckResult.Judge("L10", [], Claims(drawn.Step, drawn.Constants, drawn.Line, drawn.Time));
    }
}
