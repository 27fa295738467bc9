namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 9, (55)–(58): under the assumptions of Theorem 2, if ‖E_t‖, ‖Q_t‖, ‖R_t‖ &lt; 1.1 and ‖E_t‖_F² &lt; 1, then
/// ‖U_tᵀE_t∘(U_tU_tᵀ − A* − V*Σ_tV*ᵀ)‖ ≤ 2M1·δ·√(r1 + r2)·‖U_t‖.
/// </summary>
/// <remarks>
/// <para>The left side has the operator (20), the hypotheses the residual (18): both are E_t in the paper. "L9-step" asks only for what the proof uses.</para>
/// <para>It holds as printed. The assumptions need η in (24/M2, 1/(64·M1)), so M2 &gt; 1536·M1 and, as Var ≤ M1², M1 &gt; 1536, far more than the 18.04 that
/// (56) needs; and δ at rank 4(r1 + r2) covers the rank 2(r1 + r2) + 1 that the proof needs. M1 bounds the diagonal of Σ_t alone, but (7) leaves next to nothing
/// off it. For M1 → ∞ what is left of (56) is √r2·M1, so that the factor 2 could be √(r2/(r1 + r2)).</para>
/// <para>The paper's simulations have M1 of about 7 and do not meet the hypotheses. Here M is above 3200, and δ, below 10⁻¹⁰, is that of near isometries.</para>
/// </remarks>
public sealed class Lemma9 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L9",
        Statement = "under the assumptions of Theorem 2, ‖UᵀE∘(UUᵀ − A* − V*ΣV*ᵀ)‖ ≤ 2M1·δ·√(r1 + r2)·‖U‖",
        Equations = "(55)–(58)",
        Stated = Verdict.Holds,
        Remark = "Deterministic. Inside the window, which needs M1 > 1536 and so is far from the paper's own simulations; L9-step has smaller M1.",
        ControlStatement = "the same with ¾·√(r2/(r1 + r2)) for the factor 2",
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
    /// <param name="assumed">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of range.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, TheoremConstants? assumed = null) => Check(step, constants, assumed, 2);

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
            FormattableString.Invariant($"‖UᵀE∘(UUᵀ − A* − V*ΣV*ᵀ)‖ ≤ {factor:G3}·M1·δ·√(r1 + r2)·‖U‖"),
            (step.Factor.T * step.RipError).Norm(),
            right,
            step.RipRoundOff);
    }

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return WindowInstance.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 2);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance, 0.75 * Math.Sqrt(instance.SpuriousRank / (double)(instance.InvariantRank + instance.SpuriousRank)));

    private static CheckResult Check(TheoryInstance instance, double factor)
    {
        AnalysisConstants constants = WindowInstance.ConstantsOf(instance);
        ConstructedStep made = WindowInstance.CreateStep(instance, ConstructedState.Bounded, constants);
        return Check(made.Step, constants, WindowInstance.AssumedOf(instance, constants), factor);
    }

    private static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, TheoremConstants? assumed, double factor)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(constants);
        constants.CheckValues();
        return TheoremAssumptions.WithSides(
            CheckResult.Judge(Facts.Id, [.. TheoremAssumptions.Of(step, constants, assumed), .. NormHypotheses(step)], Claim(step, constants, factor)));
    }
}
