using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 12, (65): under the assumptions of Lemma 11, ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t.
/// </summary>
/// <remarks>
/// <para>E_t is the residual (18) here. The proof's (a) prints ε1 + M1 for ε1(1 + M1): Id_res·U*U*ᵀ = −V*CᵀU*ᵀ and Id_res·V*Σ_tV*ᵀ = −U*CΣ_tV*ᵀ have norms
/// of at most ε1 and ε1·‖Σ_t‖; it also says ‖Id_res·U_t‖ ≤ ε1 where ‖Id_res·U*‖, ‖Id_res·V*‖ ≤ ε1 is meant.</para>
/// </remarks>
public sealed class Lemma12 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L12";

    /// <inheritdoc/>
    public override string Statement => "under the assumptions of Lemma 11, ‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t";

    /// <inheritdoc/>
    public override string Equations => "(65)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.HypothesisNotMet;

    /// <inheritdoc/>
    public override string Remark
        => "Theorem 2's window for η needs M1 > 1536, far from the paper's own simulations; L12-step tests what the proof uses.";

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
    /// <param name="controllers">q_i^t, r2 numbers.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1 or is not that of the step and the constants, one of these is out of range, or there are not r2 controllers.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers)
    {
        CheckResult conditions = Lemma11.Check(step, constants, line, time, controllers);
        return TheoremAssumptions.WithSides(CheckResult.Judge("L12", conditions.Hypotheses, Claim(step, line, time, 1)));
    }

    internal static Inequality Claim(AnalyzedStep step, CalibrationLine line, int time, double factor)
        => Inequality.AtMost(
            factor == 1 ? "‖E_{t+1}‖ ≤ ‖E_t‖ + ηL_t" : $"‖E_{{t+1}}‖ ≤ ‖E_t‖ + {factor}·ηL_t",
            step.NextRest.Norm(),
            step.ResidualNorm + (factor * step.StepSize * line.Values[time]),
            1e-13 * step.FactorNorm);

    private protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants, drawn.Line, drawn.Time, drawn.Controller);
    }

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(ConstructedStep.MoveOutside(instance));
        return CheckResult.Judge("L12", [], Claim(drawn.Step, drawn.Line, drawn.Time, 1));
    }
}
