using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 10, (59), (60), with the δ that its proof needs: under the assumptions of Theorem 2 with √r2·c_v^{1.5}/(576·M1·log(1/α)) for the constant of Assumption 3, if
/// ‖E_t‖ ≤ ‖R_t‖ ≤ min(4R_t, 1.1) and ‖Q_t‖ ≤ √r2·p^{−1.5}r2^{1.5}·L_t, then (M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t ∧ (5/576)·R_t/log(1/α).
/// </summary>
/// <remarks>
/// <para>R_t is the scalar sequence (25) where it stands alone, the matrix (17) in ‖R_t‖.</para>
/// <para>As printed, with an absolute constant in Assumption 3, it is false: see <see cref="Lemma10Printed"/>. "L10-constant" is where the constant comes from, and
/// "L10-step" asks for the proof's conditions (a)–(d) themselves, which print 2/5 in (b) and (d) where the factor 5/2 of (60) belongs.</para>
/// </remarks>
public sealed class Lemma10 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L10",
        Statement =
            "under the assumptions of Theorem 2, δ smaller by √r2·c_v^1.5/(576·M1·log(1/α)): (M1ε1 + 2M1δ√(r1 + r2))‖U‖ ≤ L_t ∧ (5/576)R_t/log(1/α)",
        Equations = "(59), (60)",
        Stated = Verdict.Holds,
        Remark =
            "Deterministic. Inside the window, at M above 3200 and with ‖Q_t‖ up to its limit; with the δ of Assumption 3 it is false (L10-printed).",
        ControlStatement = "the same with four times that δ",
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
    /// <param name="assumed">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1, or is not that of the step and the constants, or one of these is out of range.</exception>
    public static CheckResult Check(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, TheoremConstants? assumed = null)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        StateSizes sizes = StateSizes.Of(step);
        TheoremConstants closing = (assumed ?? new TheoremConstants()) with
        {
            RipConstant = TheoremAssumptions.ClosingRipConstant(sizes.Dimension, sizes.SpuriousRank, constants),
        };
        return TheoremAssumptions.WithSides(
            CheckResult.Judge(
                Facts.Id,
                [
                    .. TheoremAssumptions.Of(sizes, constants, closing),
                    Inequality.AtMost("p ≤ 1/4", constants.ViolationProbability, 0.25),
                    .. NormHypotheses(sizes, constants, line, time),
                ],
                Claims(sizes, constants, line, time)));
    }

    internal static Inequality[] NormHypotheses(StateSizes sizes, AnalysisConstants constants, CalibrationLine line, int time)
    {
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, sizes.SpuriousRank);
        return
        [
            Inequality.AtMost("‖E_t‖ ≤ ‖R_t‖", sizes.Residual, sizes.Invariant),
            Inequality.AtMost("‖R_t‖ ≤ min(4R_t, 1.1)", sizes.Invariant, Math.Min(4 * line.Sequences.Reference[time], 1.1)),
            Inequality.AtMost("‖Q_t‖ ≤ √r2·p^{−1.5}r2^{1.5}·L_t", sizes.Spurious, Math.Sqrt(sizes.SpuriousRank) * height * line.Values[time]),
        ];
    }

    internal static Inequality[] Claims(StateSizes sizes, AnalysisConstants constants, CalibrationLine line, int time)
    {
        double left = ((constants.Bound * sizes.Overlap) + (2 * constants.Bound * constants.RipConstant * sizes.RootRank)) * sizes.Factor;
        return
        [
            Inequality.AtMost("(M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t", left, line.Values[time]),
            Inequality.AtMost("(M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ (5/576)R_t/log(1/α)", left, 5.0 / 576 * line.Sequences.Reference[time] / constants.Logarithm),
        ];
    }

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return WindowInstance.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep made = Create(instance, 1, out TheoremConstants assumed);
        return Check(made.Step, made.Constants, made.Line, made.Time, assumed);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep made = Create(instance, 4, out _);
        return CheckResult.Judge(Facts.Id, [], Claims(StateSizes.Of(made.Step), made.Constants, made.Line, made.Time));
    }

    /// <summary>A step with δ and ε1 smaller than those of Assumption 3 by the closing constant, times a factor.</summary>
    private static ConstructedStep Create(TheoryInstance instance, double factor, out TheoremConstants assumed)
    {
        AnalysisConstants constants = WindowInstance.ConstantsOf(instance);
        assumed = WindowInstance.AssumedOf(instance, constants);
        double closing = TheoremAssumptions.ClosingRipConstant(instance.Dimension, instance.SpuriousRank, constants);
        return WindowInstance.CreateStep(
            instance with { Overlap = closing * instance.Overlap },
            instance.Seed % 2 == 0 ? ConstructedState.Any : ConstructedState.AtBarrier,
            constants with { RipConstant = factor * closing * constants.RipConstant });
    }
}
