using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 14 on a step that satisfies what its proof uses: its own hypotheses, the conclusions of Lemmas 9 and 10, a small ε1, and Lemma 5's R̄_t ≤
/// 7/6·R_t, R̲_t ≥ 5/6·R_t.
/// </summary>
/// <remarks>
/// <para>The singular values lie at R̄_t and R̲_t themselves, and ‖Q_t‖, ‖E_t‖ and the measurements push them outwards, so that sequences without the
/// drift of (31) fail. "L14-run" has whole runs.</para>
/// </remarks>
public sealed class Lemma14Step : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L14-step",
        Statement = "what the proof uses given, R̲_t ≤ σ_r1 ≤ σ_1 ≤ R̄_t carries over to t + 1, and σ_1, σ_r1 grow by 1 + η/3",
        Equations = "(75)–(81)",
        Stated = Verdict.Holds,
        Remark = "Deterministic; tested with singular values at the ends of their interval.",
        ControlStatement = "the same with R̄_t and R̲_t stepped by (25), without the drift of (31)",
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
        => Check(step, constants, line, time, control: false);

    internal static Inequality[] Hypotheses(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        AuxiliarySequences sequences = line.Sequences;
        double rip = 2 * constants.Bound * constants.RipConstant * step.RootRank, reference = sequences.Reference[time], norm = step.FactorNorm;
        return
        [
            .. Lemma14.SizeHypotheses(step, constants, line, time),
            Inequality.AtMost("(55) ‖U_tᵀE∘(…)‖ ≤ 2M1δ√(r1 + r2)‖U_t‖", (step.Factor.T * step.RipError).Norm(), rip * norm, step.RipRoundOff),
            Inequality.AtMost("‖Σ_t‖ ≤ M1", step.Sigma.Norm(), constants.Bound),
            Lemma10.Claims(StateSizes.Of(step), constants, line, time)[1],
            Inequality.AtMost("6ε1‖U_t‖² ≤ 1/(200·log(1/α))", 6 * step.Overlap * norm * norm, 1 / (200 * constants.Logarithm)),
            Inequality.AtMost("R̄_t ≤ 7/6·R_t", sequences.Upper[time], 7.0 / 6 * reference),
            Inequality.AtLeast("R̲_t ≥ 5/6·R_t", sequences.Lower[time], 5.0 / 6 * reference),
        ];
    }

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return ConstructedStep.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Growth);
        return Check(made.Step, made.Constants, made.Line, made.Time, control);
    }

    private static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, bool control)
        => CheckResult.Judge(Facts.Id, Hypotheses(step, constants, line, time), Lemma14.Claims(step, line, time, hasDrift: !control));
}
