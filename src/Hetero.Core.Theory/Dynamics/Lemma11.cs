using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 11, (61)–(63), with what its proof needs: under the assumptions of Theorem 2 and the event q_i^t &lt; p^{−1.5}r2^{1.5}·L_t for all i and t, if ‖E_t‖ ≤ ‖R_t‖ ≤
/// 1.1, ‖E_t‖_F² &lt; 1, ‖q_j‖ ≤ q_j^t for all columns of Q_t, and also ‖Q_t‖ &lt; 1.1 and (59), then ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} &lt; p^{−1.5}r2^{1.5}·L_{t+1}.
/// </summary>
/// <remarks>
/// <para>The proof uses Lemma 9, which needs ‖Q_t‖ &lt; 1.1, and the conclusion (59) of Lemma 10. Without them it is false: see <see cref="Lemma11Printed"/>.</para>
/// <para>The lemma asks for p ≥ ε2^{2/3} with an ε2 that is never defined: that is not tested. The last bound of (62) is ηL_t, not the printed 1. The
/// controller's step takes Σ_t, see <see cref="ControllerProcess"/>. The second inequality of (61) is the event itself at t + 1, so it is a hypothesis and
/// a claim.</para>
/// <para>Instances are made inside the window, where the RIP error is far below what the drift 2η of the controller leaves for it; in "L11-step" it is not.</para>
/// </remarks>
public sealed class Lemma11 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L11",
        Statement = "under the assumptions of Theorem 2, ‖Q_t‖ < 1.1 and (59): ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} < p^{−1.5}r2^{1.5}L_{t+1}",
        Equations = "(61)–(63)",
        Stated = Verdict.Holds,
        Remark = "Deterministic. Inside the window, at M above 3200; without ‖Q_t‖ < 1.1 and (59) it is false (L11-printed).",
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
            CheckResult.Judge(
                Facts.Id, Hypotheses(step, constants, line, time, controllers, assumed), Claims(step, constants, line, time, controllers, 2)));

    /// <summary>The hypotheses of <see cref="Check"/>, which Lemmas 12 and 14 take over.</summary>
    internal static List<Inequality> Hypotheses(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers, TheoremConstants? assumed)
        =>
        [
            .. PrintedHypotheses(step, constants, line, time, controllers, assumed),
            Inequality.Below("‖Q_t‖ < 1.1", step.SpuriousNorm, 1.1),
            .. Lemma10.Claims(StateSizes.Of(step), constants, line, time),
        ];

    /// <summary>The hypotheses that the lemma prints.</summary>
    internal static List<Inequality> PrintedHypotheses(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers, TheoremConstants? assumed)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        Guard.Length(controllers.Length, step.Problem.SpuriousRank, nameof(controllers));
        StateSizes sizes = StateSizes.Of(step);
        return
        [
            .. TheoremAssumptions.Of(sizes, constants, assumed), .. NormHypotheses(sizes), .. ControllerHypotheses(step, constants, line, time, controllers),
        ];
    }

    /// <summary>The same of a state in closed form: all columns of Q_t but one are alike.</summary>
    internal static List<Inequality> PrintedHypotheses(PrintedSetting setting, AlignedState state)
    {
        CalibrationLine line = setting.Line;
        int t = setting.Time;
        double height = ControllerProcess.GetBarrierFactor(setting.Constants.ViolationProbability, state.SpuriousRank);
        return
        [
            .. TheoremAssumptions.Of(state.Sizes, setting.Constants), .. NormHypotheses(state.Sizes), .. Of(state.OtherColumn), .. Of(state.Column),
        ];

        Inequality[] Of(double column)
        {
            double controller = Math.Max(column, line.Values[t]);
            return ControllerHypotheses(column, controller, Next(state.StepSize, state.Sigma, controller, 2, line.Values[t + 1]), height, line, t);
        }
    }

    internal static Inequality[] NormHypotheses(StateSizes sizes) =>
    [
        Inequality.AtMost("‖E_t‖ ≤ ‖R_t‖", sizes.Residual, sizes.Invariant),
        Inequality.AtMost("‖R_t‖ ≤ 1.1", sizes.Invariant, 1.1),
        Inequality.Below("‖E_t‖_F² < 1", sizes.ResidualFrobenius * sizes.ResidualFrobenius, 1),
    ];

    internal static List<Inequality> ControllerHypotheses(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers)
    {
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, controllers.Length);
        List<Inequality> hypotheses = [];
        for (int i = 0; i < controllers.Length; i++)
        {
            hypotheses.AddRange(
                ControllerHypotheses(step.Spurious.Column(i).FrobeniusNorm(), controllers[i], Next(step, line, time, controllers[i], i, 2), height, line, time));
        }

        return hypotheses;
    }

    /// <summary>What is presumed of one column of Q_t and its controller.</summary>
    internal static Inequality[] ControllerHypotheses(double column, double controller, double next, double height, CalibrationLine line, int time) =>
    [
        Inequality.AtMost("‖q_i‖ ≤ q_i^t", column, controller, 1e-12 * controller),
        Inequality.AtMost("L_t ≤ q_i^t", line.Values[time], controller),
        Inequality.Below("q_i^t < p^{−1.5}r2^{1.5}·L_t", controller, height * line.Values[time]),
        Inequality.Below("q_i^{t+1} < p^{−1.5}r2^{1.5}·L_{t+1}", next, height * line.Values[time + 1]),
    ];

    internal static List<Inequality> Claims(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers, double drift)
    {
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, controllers.Length);
        List<Inequality> claims = [];
        for (int i = 0; i < controllers.Length; i++)
        {
            double next = Next(step, line, time, controllers[i], i, drift);
            claims.Add(Inequality.AtMost("‖q_i^{(t+1)}‖ ≤ q_i^{t+1}", step.NextSpurious.Column(i).FrobeniusNorm(), next, step.RoundOff));
            if (drift == 2)
            {
                claims.Add(Inequality.Below("q_i^{t+1} < p^{−1.5}r2^{1.5}·L_{t+1}", next, height * line.Values[time + 1]));
            }
        }

        return claims;
    }

    /// <summary>Returns the controller's next value, (1 + ηΣ_ii + drift·η)q ∨ L_{t+1}; the drift of Definition 4 is 2.</summary>
    internal static double Next(AnalyzedStep step, CalibrationLine line, int time, double controller, int i, double drift)
        => Next(step.StepSize, step.Sigma[i, i], controller, drift, line.Values[time + 1]);

    /// <summary>Returns the controller's next value, (1 + ηΣ_ii + drift·η)q ∨ L_{t+1}.</summary>
    internal static double Next(double stepSize, double sigma, double controller, double drift, double level)
        => Math.Max((1 + (stepSize * sigma) + (drift * stepSize)) * controller, level);

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
            Facts.Id,
            PrintedHypotheses(made.Step, constants, made.Line, made.Time, made.Controller, assumed),
            Claims(made.Step, constants, made.Line, made.Time, made.Controller, 2));
    }
}
