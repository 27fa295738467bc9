using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 14 on a step that satisfies what its proof uses: its own hypotheses, the conclusions of Lemmas 9 and 10, a small ε1, and Lemma 5's R̄_t ≤ 7/6·R_t, R̲_t ≥ 5/6·R_t.
/// </summary>
/// <remarks>
/// <para>The singular values lie at R̄_t and R̲_t themselves, and ‖Q_t‖, ‖E_t‖ and the measurements push them outwards, so that sequences without the drift of (31) fail.</para>
/// </remarks>
public sealed class Lemma14Step : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L14-step";

    /// <inheritdoc/>
    public override string Statement => "what the proof uses given, R̲_t ≤ σ_r1 ≤ σ_1 ≤ R̄_t carries over to t + 1, and σ_1, σ_r1 grow by 1 + η/3";

    /// <inheritdoc/>
    public override string Equations => "(75)–(81)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.Holds;

    /// <inheritdoc/>
    public override string Remark
        => "Deterministic; tested with singular values at the ends of their interval.";

    /// <inheritdoc/>
    public override string ControlStatement => "the same with R̄_t and R̲_t stepped by (25), without the drift of (31)";

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
    /// <exception cref="ArgumentOutOfRangeException">The line does not reach t + 1.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
        => Check(step, constants, line, time, control: false);

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    private protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Growth);
        return Check(made.Step, made.Constants, made.Line, made.Time, control);
    }

    private static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, bool control)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(line);
        Guard.InRange(time, 0, line.LastStep - 1);
        AuxiliarySequences sequences = line.Sequences;
        double rip = 2 * constants.Bound * constants.RipConstant * step.RootRank, reference = sequences.Reference[time];
        return CheckResult.Judge(
            "L14-step",
            [
                .. Lemma14.SizeHypotheses(step, constants, line, time),
                Inequality.AtMost("(55) ‖U_tᵀE∘(…)‖ ≤ 2M1δ√(r1 + r2)‖U_t‖", (step.Factor.T * step.RipError).Norm(), rip * step.FactorNorm, 1e-14 * step.FactorNorm),
                Inequality.AtMost("‖Σ_t‖ ≤ M1", step.Sigma.Norm(), constants.Bound),
                Lemma10.Claims(step, constants, line, time)[1],
                Inequality.AtMost("6ε1‖U_t‖² ≤ 1/(200·log(1/α))", 6 * step.Overlap * step.FactorNorm * step.FactorNorm, 1 / (200 * constants.Logarithm)),
                Inequality.AtMost("R̄_t ≤ 7/6·R_t", sequences.Upper[time], 7.0 / 6 * reference),
                Inequality.AtLeast("R̲_t ≥ 5/6·R_t", sequences.Lower[time], 5.0 / 6 * reference),
            ],
            Lemma14.Claims(step, line, time, control));
    }
}
