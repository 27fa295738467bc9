using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 9, (55)–(58): under the assumptions of Theorem 2, if ‖E_t‖, ‖Q_t‖, ‖R_t‖ &lt; 1.1 and ‖E_t‖_F² &lt; 1, then
/// ‖U_tᵀE_t∘(U_tU_tᵀ − A* − V*Σ_tV*ᵀ)‖ ≤ 2M1·δ·√(r1 + r2)·‖U_t‖.
/// </summary>
/// <remarks>
/// <para>The left side has the operator (20), the hypotheses the residual (18): both are E_t in the paper. "L9-step" asks only for what the proof
/// uses.</para>
/// <para>The assumptions need η in (24/M2, 1/(64·M1)), so M2 &gt; 1536·M1 and, as Var ≤ M1², M1 &gt; 1536. The paper's simulations have M1 of about 7.</para>
/// </remarks>
public sealed class Lemma9 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L9";

    /// <inheritdoc/>
    public override string Statement => "under the assumptions of Theorem 2, ‖UᵀE∘(UUᵀ − A* − V*ΣV*ᵀ)‖ ≤ 2M1·δ·√(r1 + r2)·‖U‖";

    /// <inheritdoc/>
    public override string Equations => "(55)–(58)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.HypothesisNotMet;

    /// <inheritdoc/>
    public override string Remark
        => "Theorem 2's window for η needs M1 > 1536, far from the paper's own simulations; L9-step tests what the proof uses.";

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
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of range.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(constants);
        constants.CheckValues();
        return TheoremAssumptions.WithSides(
            CheckResult.Judge("L9", [.. TheoremAssumptions.Of(step, constants), .. NormHypotheses(step)], Claim(step, constants, 2)));
    }

    internal static Inequality[] NormHypotheses(AnalyzedStep step) =>
    [
        Inequality.Below("‖R_t‖ < 1.1", step.InvariantNorm, 1.1),
        Inequality.Below("‖Q_t‖ < 1.1", step.SpuriousNorm, 1.1),
        Inequality.Below("‖E_t‖ < 1.1", step.ResidualNorm, 1.1),
        Inequality.Below("‖E_t‖_F² < 1", step.ResidualFrobenius * step.ResidualFrobenius, 1),
    ];

    internal static Inequality Claim(AnalyzedStep step, AnalysisConstants constants, double factor)
    {
        double right = factor * constants.Bound * constants.RipConstant * step.RootRank * step.FactorNorm;
        return Inequality.AtMost(
            $"‖UᵀE∘(UUᵀ − A* − V*ΣV*ᵀ)‖ ≤ {factor}·M1·δ·√(r1 + r2)·‖U‖", (step.Factor.T * step.RipError).Norm(), right, 1e-12 * step.FactorNorm);
    }

    private protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants);
    }

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(ConstructedStep.MoveOutside(instance));
        return CheckResult.Judge("L9", [], Claim(drawn.Step, drawn.Constants, 2));
    }
}
