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
    /// <inheritdoc/>
    public override string Id => "L1-sharp";

    /// <inheritdoc/>
    public override string Statement => "|⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F for X, Y of rank r with δ at rank 2r, and ≥ 0.99δ‖X‖_F‖Y‖_F for some";

    /// <inheritdoc/>
    public override string Equations => "(27)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.Holds;

    /// <inheritdoc/>
    public override string Remark => "On isometries whose δ_2r is known and below δ_d: an equality for two projections of rank r, so nothing smaller than δ_2r would do.";

    /// <inheritdoc/>
    public override string ControlStatement => "the same with 0.8δ";

    /// <inheritdoc/>
    public override int DefaultTrials => 10;

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
            "L1-sharp",
            instance,
            pair,
            2 * rank,
            share,
            (pair.First(rank), pair.Second(rank)),
            (rank, rank),
            (x, y) => Math.Abs(RipLemma.Error(pair.Form, x).Inner(y)) / (x.FrobeniusNorm() * y.FrobeniusNorm()));
    }
}
