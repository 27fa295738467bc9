using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 12 on a step that satisfies what its proof uses: η‖U_t‖² ≤ 2, the RIP error of (56), ‖Σ_t‖ ≤ M1, and (ε1(1 + M1) + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t.
/// </summary>
/// <remarks>
/// <para>Made with M1 above 20 and δ = 1/(80·M1√(r1 + r2)), so that L_t is R_t/2 once it exceeds α, and ε1 up to δ/2.</para>
/// </remarks>
public sealed class Lemma12Step : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L12-step",
        Statement = "what the proof uses given, ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t",
        Equations = "(65)",
        Stated = Verdict.Holds,
        Remark = "Deterministic; the interaction error is of the order ε1(1 + M1), not the printed ε1 + M1.",
        ControlStatement = "the same with ηL_t/200 for ηL_t",
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ConstructedStep.AdaptWide(instance);
    }

    /// <summary>Checks the lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1, or is not that of the step and the constants, or one of these is out of range.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
        => Check(step, constants, line, time, 1);

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return ConstructedStep.AdaptWide(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Any, constants => ConstructedStep.WideRipConstant(constants, instance));
        return Check(made.Step, made.Constants, made.Line, made.Time, 1);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Any, constants => ConstructedStep.WideRipConstant(constants, instance));
        return Check(made.Step, made.Constants, made.Line, made.Time, 0.005);
    }

    private static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, double factor)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        double rip = 2 * constants.Bound * constants.RipConstant * step.RootRank;
        return CheckResult.Judge(
            Facts.Id,
            [
                Inequality.AtMost("η‖U_t‖² ≤ 2", step.StepSize * step.FactorNorm * step.FactorNorm, 2),
                Inequality.AtMost("(56) ‖E∘(…)‖ ≤ 2M1δ√(r1 + r2)", step.RipError.Norm(), rip, step.RipRoundOff / step.FactorNorm),
                Inequality.AtMost("‖Σ_t‖ ≤ M1", step.Sigma.Norm(), constants.Bound),
                Inequality.AtMost(
                    "(ε1(1 + M1) + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t", ((step.Overlap * (1 + constants.Bound)) + rip) * step.FactorNorm, line.Values[time]),
            ],
            Lemma12.Claim(step, line, time, factor));
    }
}
