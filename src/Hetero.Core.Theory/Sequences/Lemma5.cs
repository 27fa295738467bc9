namespace Hetero.Core.Theory.Sequences;

/// <summary>Lemma 5, (32): R̄_t ≤ (1 + 1/6)R_t and R̲_t ≥ (1 − 1/6)R_t up to T1, the first t with R_t in (1/3 − η, 1/3).</summary>
/// <remarks>
/// <para>Deterministic. It holds for every η &gt; 0 and α &lt; 1/3, with room: for η ≥ 1/3 any such α is inside at once and T1 = 0; else T1
/// ≤ log(1/(3α))/log(1 + 8η/9) + 1, and (33) gives R̄_{T1}/R_{T1} ≤ exp(T1·η/(32·log(1/α))) ≤ e^{0.051}. The largest deviation is e^{1/32}
/// − 1 = 0.032, approached for α, η → 0: 1/31 would do for 1/6.</para>
/// <para>For α ≥ 1/3 there is no T1 (R_t rises, if η ≤ 1/2), so the hypothesis is α &lt; 1/3; α near 1, where log(1/α) → 0 makes the errors
/// large, is never reached. The proof's last line extends it to "any t ≤ T", meaning T1.</para>
/// </remarks>
public sealed class Lemma5 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L5",
        Statement = "R̄_t ≤ (1 + 1/6)R_t and R̲_t ≥ (1 − 1/6)R_t for t ≤ T1, and T1 ≤ (4/η)log(1/α)",
        Equations = "(32)–(37)",
        Stated = Verdict.Holds,
        Remark = "For all η > 0 and α < 1/3; the deviation never exceeds e^{1/32} − 1 = 0.032.",
        ControlStatement = "the same with 1/50 for 1/6",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the lemma.</summary>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="initialScale">α, above 0 and below 1; a hypothesis is that it is below 1/3.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(double stepSize, double initialScale) => Check(stepSize, initialScale, 6);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.StepSize, instance.InitialScale, 6);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance.StepSize, instance.InitialScale, 50);

    private static CheckResult Check(double stepSize, double initialScale, double share)
    {
        bool enters = initialScale < 1.0 / 3;
        int last = enters ? PhaseSchedule.Create(stepSize, initialScale, 0).GrowthEnd : 0;
        AuxiliarySequences sequences = new(stepSize, initialScale, last);
        double upper = 1, lower = 1;
        for (int t = 0; t <= last; t++)
        {
            upper = Math.Max(upper, sequences.Upper[t] / sequences.Reference[t]);
            lower = Math.Min(lower, sequences.Lower[t] / sequences.Reference[t]);
        }

        return CheckResult.Judge(
            Facts.Id,
            [Inequality.Below("α < 1/3", initialScale, 1.0 / 3)],
            Inequality.AtMost($"max R̄_t/R_t ≤ 1 + 1/{share}", upper, 1 + (1 / share)),
            Inequality.AtLeast($"min R̲_t/R_t ≥ 1 − 1/{share}", lower, 1 - (1 / share)),
            Inequality.AtMost("T1 ≤ (4/η)log(1/α)", last, -4 / stepSize * Math.Log(initialScale)),
            Inequality.AtMost("max R̄_t/R_t ≤ e^{1/32}", upper, Math.Exp(1.0 / 32)),
            Inequality.AtLeast("min R̲_t/R_t ≥ 2 − e^{1/32}", lower, 2 - Math.Exp(1.0 / 32)));
    }
}
