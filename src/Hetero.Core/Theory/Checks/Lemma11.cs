using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 11, (61)–(63): under the assumptions of Theorem 2 and the event q_i^t &lt; p^{−1.5}r2^{1.5}·L_t for all i and t, if ‖E_t‖ ≤ ‖R_t‖ ≤ 1.1, ‖E_t‖_F²
/// &lt; 1 and ‖q_j‖ ≤ q_j^t for all columns of Q_t, then ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} &lt; p^{−1.5}r2^{1.5}·L_{t+1}.
/// </summary>
/// <remarks>
/// <para>The lemma asks for p ≥ ε2^{2/3} with an ε2 that is never defined: that is not tested. The last bound of (62) is ηL_t, not the printed 1. The
/// controller's step takes Σ_t, see <see cref="ControllerProcess"/>. The second inequality of (61) is the event itself at t + 1, so it is a hypothesis and
/// a claim.</para>
/// <para>The proof uses Lemma 9, which needs ‖Q_t‖ &lt; 1.1 too, and Lemma 10, which needs ‖R_t‖ ≤ 4R_t. "L11-step" asks for what they give.</para>
/// </remarks>
public sealed class Lemma11 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L11";

    /// <inheritdoc/>
    public override string Statement => "under the assumptions of Theorem 2, ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} < p^{−1.5}r2^{1.5}L_{t+1}";

    /// <inheritdoc/>
    public override string Equations => "(61)–(63)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.HypothesisNotMet;

    /// <inheritdoc/>
    public override string Remark
        => "Theorem 2's window for η needs M1 > 1536, far from the paper's own simulations; L11-step tests what the proof uses.";

    /// <inheritdoc/>
    public override string ControlStatement => "the bound ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} without any assumption";

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
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        Guard.Length(controllers.Length, step.Problem.SpuriousRank, nameof(controllers));
        List<Inequality> hypotheses = TheoremAssumptions.Of(step, constants);
        hypotheses.Add(Inequality.AtMost("‖E_t‖ ≤ ‖R_t‖", step.ResidualNorm, step.InvariantNorm));
        hypotheses.Add(Inequality.AtMost("‖R_t‖ ≤ 1.1", step.InvariantNorm, 1.1));
        hypotheses.Add(Inequality.Below("‖E_t‖_F² < 1", step.ResidualFrobenius * step.ResidualFrobenius, 1));
        hypotheses.AddRange(ControllerHypotheses(step, constants, line, time, controllers));
        return TheoremAssumptions.WithSides(CheckResult.Judge("L11", hypotheses, Claims(step, constants, line, time, controllers, 2)));
    }

    internal static List<Inequality> ControllerHypotheses(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers)
    {
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, controllers.Length);
        List<Inequality> hypotheses = [];
        for (int i = 0; i < controllers.Length; i++)
        {
            double next = Next(step, line, time, controllers[i], i, 2);
            hypotheses.Add(Inequality.AtMost("‖q_i‖ ≤ q_i^t", step.Spurious.Column(i).FrobeniusNorm(), controllers[i], 1e-12 * controllers[i]));
            hypotheses.Add(Inequality.AtMost("L_t ≤ q_i^t", line.Values[time], controllers[i]));
            hypotheses.Add(Inequality.Below("q_i^t < p^{−1.5}r2^{1.5}·L_t", controllers[i], height * line.Values[time]));
            hypotheses.Add(Inequality.Below("q_i^{t+1} < p^{−1.5}r2^{1.5}·L_{t+1}", next, height * line.Values[time + 1]));
        }

        return hypotheses;
    }

    internal static List<Inequality> Claims(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers, double drift)
    {
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, controllers.Length);
        List<Inequality> claims = [];
        for (int i = 0; i < controllers.Length; i++)
        {
            double next = Next(step, line, time, controllers[i], i, drift);
            claims.Add(Inequality.AtMost("‖q_i^{(t+1)}‖ ≤ q_i^{t+1}", step.NextSpurious.Column(i).FrobeniusNorm(), next, 1e-12 * next));
            if (drift == 2)
            {
                claims.Add(Inequality.Below("q_i^{t+1} < p^{−1.5}r2^{1.5}·L_{t+1}", next, height * line.Values[time + 1]));
            }
        }

        return claims;
    }

    /// <summary>Returns the controller's next value, (1 + ηΣ_ii + drift·η)q ∨ L_{t+1}; the drift of Definition 4 is 2.</summary>
    internal static double Next(AnalyzedStep step, CalibrationLine line, int time, double controller, int i, double drift)
        => Math.Max((1 + (step.StepSize * step.Sigma[i, i]) + (drift * step.StepSize)) * controller, line.Values[time + 1]);

    private protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants, drawn.Line, drawn.Time, drawn.Controller);
    }

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(ConstructedStep.MoveOutside(instance));
        List<Inequality> claims = Claims(drawn.Step, drawn.Constants, drawn.Line, drawn.Time, drawn.Controller, 2);
        return CheckResult.Judge("L11", [], [.. claims.Where(claim => claim.Comparison == Comparison.AtMost)]);
    }
}
