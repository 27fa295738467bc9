namespace Hetero.Core.Theory.Networks;

/// <summary>
/// Lemma 20, (121), with the constant that it needs: R = C·log(1/δ). On A = aaᵀ with ‖a‖ = 1, whose nuclear norm is 1, the truncated mean is off by 3·P(χ²₅
/// &gt; R) along a, however many samples there are; that is δ at most
/// from a C on that is largest at δ = 0.01.
/// </summary>
public sealed class Lemma20 : TheoryCheck
{
    private static readonly double[] Deltas = [1e-2, 1e-3, 1e-4, 1e-6];

    private static readonly StatementInfo Facts = new()
    {
        Id = "L20",
        Statement = "rank-one A of norm 1: ‖E[⟨X, A⟩X·1{⟨X, A⟩ ≤ R}] − 2A − tr(A)·I‖ ≤ δ for R = C·log(1/δ), δ ≤ 0.01",
        Equations = "(121), (122)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 3.85,
        ConstantReached = 3.84,
        Remark = "The bias along A is 3·P(χ²₅ > R): C = 3.85 at δ = 0.01, 3.06 at 10⁻⁴, towards 2 as δ → 0; m does not help.",
        ControlStatement = "the same with C = 3",
        DefaultTrials = 1,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        double[] constants = [.. Deltas.Select(TruncatedRankOne.SmallestConstant)];
        return CheckResult.Imply(Facts.Id, [], new ImpliedConstant("C", constants.Max(), IsSmallest: true), Claims(1)) with
        {
            Note = string.Join(", ", Deltas.Zip(constants, (delta, c) => FormattableString.Invariant($"δ = {delta:G1}: C = {c:G4}"))) + ".",
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckResult.Judge(Facts.Id, [], Claims(3));

    private static Inequality[] Claims(double constant) =>
    [
        .. Deltas.Select(delta => Inequality.AtMost(
            FormattableString.Invariant($"3·P(χ²₅ > R) ≤ δ = {delta:G1}"), TruncatedRankOne.BiasAlong(constant * Math.Log(1 / delta)), delta)),
    ];
}
