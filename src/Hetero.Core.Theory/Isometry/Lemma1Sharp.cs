namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 1, (27), at the smallest rank that does: |⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F for X and Y of rank r with δ at rank 2r, and no smaller number will do.
/// </summary>
/// <remarks>
/// 4⟨E∘(X), Y⟩ = ⟨E∘(X + Y), X + Y⟩ − ⟨E∘(X − Y), X − Y⟩ needs X ± Y, of rank 2r. On <see cref="PairedProjections"/> with a = b it is an equality for the projections onto r
/// directions of either subspace, with a δ_2r that is a fraction r/a of the full-rank constant: unlike <see cref="Lemma1"/> it is no matter of operator norms.
/// </remarks>
public sealed class Lemma1Sharp : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L1-sharp",
        Statement = "|⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F for X, Y of rank r with δ at rank 2r, and ≥ 0.99δ‖X‖_F‖Y‖_F for some",
        Equations = "(27)",
        Stated = Verdict.Holds,
        Remark =
            "On isometries whose δ_2r is known and below δ_d: an equality for two projections of rank r, so nothing smaller than δ_2r would do.",
        ControlStatement = "the same with 0.8δ",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance) => SharpRipLemma.Adapt(instance);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.8);

    private static CheckResult Check(TheoryInstance instance, double share)
    {
        PairedProjections pair = SharpRipLemma.Create(instance, isSecondEqual: true);
        int rank = Math.Clamp(instance.InvariantRank, 1, (instance.Dimension / 2) - 1);
        return SharpRipLemma.Judge(
            Facts.Id,
            instance,
            pair,
            2 * rank,
            share,
            (pair.First(rank), pair.Second(rank)),
            (rank, rank),
            (x, y) => Math.Abs(RipLemma.Error(pair.Form, x).Inner(y)) / (x.FrobeniusNorm() * y.FrobeniusNorm()));
    }
}
