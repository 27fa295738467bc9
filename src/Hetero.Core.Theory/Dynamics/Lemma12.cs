using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 12, (65), with what its proof needs: under the assumptions of Lemma 11, with ‖Q_t‖ &lt; 1.1 and (59), ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t; and, as (87) wants it,
/// ‖E_{t+1}‖ ≤ ‖E_t‖ + ηR_t/10.
/// </summary>
/// <remarks>
/// <para>E_t is the residual (18) here. The proof's (a) prints ε1 + M1 for ε1(1 + M1): Id_res·U*U*ᵀ = −V*CᵀU*ᵀ and Id_res·V*Σ_tV*ᵀ = −U*CΣ_tV*ᵀ have norms
/// of at most ε1 and ε1·‖Σ_t‖; it also says ‖Id_res·U_t‖ ≤ ε1 where ‖Id_res·U*‖, ‖Id_res·V*‖ ≤ ε1 is meant. The images of the two are orthogonal but for ε1, so that
/// M1ε1 does, which (59) has.</para>
/// <para>(87) bounds L_t by R_t/10, which fails while R_t &lt; 10α (<see cref="Phases.Theorem4Printed"/>). The other half of (59) gives what is wanted: an increment of at most
/// (5/576)·ηR_t/log(1/α).</para>
/// <para>As printed it is false: see <see cref="Lemma12Printed"/>.</para>
/// </remarks>
public sealed class Lemma12 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L12",
        Statement = "under the assumptions of Lemma 11, ‖Q_t‖ < 1.1 and (59): ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t and ≤ ‖E_t‖ + ηR_t/10",
        Equations = "(65), (87)",
        Stated = Verdict.Holds,
        Remark = "Deterministic. Inside the window, at M above 3200; without ‖Q_t‖ < 1.1 and (59) it is false (L12-printed).",
        ControlStatement = "the same without ‖Q_t‖ < 1.1",
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
        => TheoremAssumptions.WithSides(
            CheckResult.Judge(Facts.Id, Lemma11.Hypotheses(step, constants, line, time, controllers, assumed), Claims(step, line, time)));

    internal static Inequality Claim(AnalyzedStep step, CalibrationLine line, int time, double factor)
        => Inequality.AtMost(
            factor == 1 ? "‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t" : FormattableString.Invariant($"‖E_{{t+1}}‖ ≤ ‖E_t‖ + {factor}·ηL_t"),
            step.NextRest.Norm(),
            step.ResidualNorm + (factor * step.StepSize * line.Values[time]),
            step.RoundOff);

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return WindowInstance.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        AnalysisConstants constants = WindowInstance.ConstantsOf(instance);
        ConstructedStep made = WindowInstance.CreateStep(instance, ConstructedState.Bounded, constants);
        return Check(made.Step, constants, made.Line, made.Time, made.Controller, WindowInstance.AssumedOf(instance, constants));
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        AnalysisConstants constants = WindowInstance.ConstantsOf(instance);
        ConstructedStep made = WindowInstance.CreateStep(instance, ConstructedState.Any, constants);
        TheoremConstants assumed = WindowInstance.AssumedOf(instance, constants);
        return CheckResult.Judge(
            Facts.Id, Lemma11.PrintedHypotheses(made.Step, constants, made.Line, made.Time, made.Controller, assumed), Claims(made.Step, made.Line, made.Time));
    }

    private static Inequality[] Claims(AnalyzedStep step, CalibrationLine line, int time) =>
    [
        Claim(step, line, time, 1),
        Inequality.AtMost(
            "‖E_{t+1}‖ ≤ ‖E_t‖ + ηR_t/10",
            step.NextRest.Norm(),
            step.ResidualNorm + (step.StepSize * line.Sequences.Reference[time] / 10),
            step.RoundOff),
    ];
}
