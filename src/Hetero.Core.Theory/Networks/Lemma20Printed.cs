namespace Hetero.Core.Theory.Networks;

/// <summary>Lemma 20, (121), as printed: R = log(1/δ) is enough for an error of δ‖A‖_*. False: on a rank-one A of norm 1 the bias alone is 3·P(χ²₅ &gt; R), 1.40 at δ = 0.01.</summary>
public sealed class Lemma20Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L20-printed",
        Statement = "R = log(1/δ): ‖(1/m) Σ ⟨X_i, A⟩X_i·1{|⟨X_i, A⟩| ≤ R} − 2A − tr(A)·I‖ ≤ δ‖A‖_* for m large",
        Equations = "(121), (122)",
        Stated = Verdict.Fails,
        Remark = "As m → ∞ the left side is 3·P(χ²₅ > R) on a rank-one A of norm 1: 1.40 at δ = 0.01, where nearly half of E[z²] is cut off. L20 has the constant that closes it.",
        ControlStatement = "the same with R = 4·log(1/δ) and an error of δ/1000",
        DefaultTrials = 1,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(1, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(4, 1e-3);

    private static CheckResult Check(double constant, double share)
    {
        const double Delta = 0.01;
        double level = constant * Math.Log(1 / Delta);
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.AtMost("δ ≤ 0.01", Delta, 0.01)],
            Inequality.AtMost("3·P(χ²₅ > R) ≤ δ‖A‖_*", TruncatedRankOne.BiasAlong(level), share * Delta)) with
        {
            Note = FormattableString.Invariant($"δ = {Delta}, R = {level:G4}: P(χ²₅ > R) = {TruncatedRankOne.BiasAlong(level) / 3:G4}."),
        };
    }
}
