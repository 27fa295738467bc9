namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 9 on a step that satisfies what its proof uses: ‖E_t‖, ‖Q_t‖, ‖R_t‖ &lt; 1.1, ‖E_t‖_F² &lt; 1, a true δ, ‖Σ_t‖_F ≤ √r2·M1 and M1 large enough for
/// the last line of (56).
/// </summary>
/// <remarks>
/// <para>Measured with explicit Gaussian measurements and their exact full-rank δ, which may be above 1: the bound is linear in δ, and any constant that
/// bounds the operator on the ranks involved serves. Neither η nor α occurs in it.</para>
/// <para>(56) bounds ‖Σ_t‖_F by √r2·M1, but M1 bounds the diagonal alone: the off-diagonal entries must fit into what M1 leaves.</para>
/// </remarks>
public sealed class Lemma9Step : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L9-step",
        Statement = "what the proof uses given, ‖UᵀE∘(UUᵀ − A* − V*ΣV*ᵀ)‖ ≤ 2M1·δ·√(r1 + r2)·‖U‖",
        Equations = "(55)–(58)",
        Stated = Verdict.Holds,
        Remark = "Deterministic; δ is the exact full-rank constant of explicit Gaussian measurements.",
        ControlStatement = "the same with 0.2·M1 for 2·M1",
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        TheoryInstance moved = instance with { Spread = 20 + instance.Spread };
        AnalyzedStep step = new(
            moved.CreateProblem(),
            new(moved.CreateFactor(), moved.Dimension, moved.FactorColumns),
            moved.StepSize,
            moved.CreateSigma(0),
            new double[Sensing.Svec.Length(moved.Dimension)]);
        double largest = Math.Max(Math.Max(step.InvariantNorm, step.SpuriousNorm), step.ResidualNorm);
        return moved with { FactorSize = moved.FactorSize * Math.Min(1, 0.99 / Math.Max(largest / 1.1, step.ResidualFrobenius)) };
    }

    /// <summary>Checks the lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of range.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants) => Check(step, constants, 2);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants, 2);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep drawn = ConstructedStep.Draw(instance);
        return Check(drawn.Step, drawn.Constants, 0.2);
    }

    private static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, double factor)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(constants);
        constants.CheckValues();
        (int r1, int r2) = (step.Problem.InvariantRank, step.Problem.SpuriousRank);
        return CheckResult.Judge(
            Facts.Id,
            [
                .. Lemma9.NormHypotheses(step),
                Inequality.AtMost("‖Σ_t‖_F ≤ √r2·M1", step.Sigma.FrobeniusNorm(), Math.Sqrt(r2) * constants.Bound),
                Inequality.AtLeast("M1 closes (56)", constants.Bound, TheoremAssumptions.ClosingBound(r1, r2)),
            ],
            Lemma9.Claim(step, constants, factor));
    }
}
