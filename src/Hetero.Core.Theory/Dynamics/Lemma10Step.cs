using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 10 on a step that satisfies what its proof uses: 2ε1 ≤ δ, the norm hypotheses, L_t ≤ R_t, and the conditions (a)–(d) below (60) with 5/2 for
/// their 2/5.
/// </summary>
/// <remarks>
/// <para>(60) has the factor 5/2 in front of ‖Q_t‖, so (b) and (d) need 5/2. With 2/5, as printed, (59) is false: that is the negative control.</para>
/// </remarks>
public sealed class Lemma10Step : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L10-step",
        Statement = "(a)–(d) given, (M1ε1 + 2M1δ√(r1 + r2))‖U‖ ≤ L_t ∧ (5/576)R_t/log(1/α)",
        Equations = "(59), (60)",
        Stated = Verdict.Holds,
        Remark = "Deterministic once (b) and (d) have 5/2 in place of the printed 2/5.",
        ControlStatement = "the same with the conditions (b) and (d) as printed, with 2/5",
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ConstructedStep.Adapt(instance);
    }

    /// <summary>Checks the lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1, or is not that of the step and the constants, or one of these is out of range.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
        => Check(step, constants, line, time, 2.5);

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return ConstructedStep.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Any);
        return Check(made.Step, made.Constants, made.Line, made.Time, 2.5);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        // 2/5 allows 25/4 as much; (c) and (a) must still hold.
        ConstructedStep made = ConstructedStep.Create(
            instance, ConstructedState.Any, constants => 6.2 * ConstructedStep.AllowedRipConstant(instance, constants));
        return Check(made.Step, made.Constants, made.Line, made.Time, 0.4);
    }

    private static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, double factor)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        int r2 = step.Problem.SpuriousRank;
        double reference = line.Sequences.Reference[time], level = line.Values[time];
        double unit = constants.Bound * constants.RipConstant * step.RootRank;
        double spurious = factor * unit * Math.Sqrt(r2) * ControllerProcess.GetBarrierFactor(constants.ViolationProbability, r2);
        double share = 5.0 / 1152 / constants.Logarithm;
        return CheckResult.Judge(
            Facts.Id,
            [
                Inequality.AtMost("2ε1 ≤ δ", 2 * step.Overlap, constants.RipConstant),
                .. Lemma10.NormHypotheses(StateSizes.Of(step), constants, line, time),
                Inequality.AtMost("L_t ≤ R_t", level, reference, 1e-15 * level),
                Inequality.AtMost("(a) 20M1δ√(r1 + r2)R_t ≤ L_t/2", 20 * unit * reference, level / 2, 1e-15 * level),
                Inequality.AtMost($"(b) {factor}·M1δ√r2·p^(−1.5)r2^1.5·√(r1 + r2) ≤ 1/2", spurious, 0.5),
                Inequality.AtMost("(c) 20M1δ√(r1 + r2) ≤ (5/1152)/log(1/α)", 20 * unit, share),
                Inequality.AtMost($"(d) {factor}·M1δ√r2·p^(−1.5)r2^1.5·√(r1 + r2)·L_t ≤ (5/1152)R_t/log(1/α)", spurious * level, share * reference),
            ],
            Lemma10.Claims(StateSizes.Of(step), constants, line, time));
    }
}
