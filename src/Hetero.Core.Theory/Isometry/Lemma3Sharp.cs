namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 3, (29), at the smallest rank that does: |⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for Y of rank r with δ at rank r + 1, and no smaller number will do.
/// </summary>
/// <remarks>
/// On <see cref="PairedProjections"/> with b = 1 it is an equality for X = P' and the projection Y onto r directions of P, where δ_{r+1} is θ√(r/a).
/// </remarks>
public sealed class Lemma3Sharp : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L3-sharp";

    /// <inheritdoc/>
    public override string Statement => "|⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for Y of rank r with δ at rank r + 1, and ≥ 0.99δ‖X‖_*‖Y‖_F for some";

    /// <inheritdoc/>
    public override string Equations => "(29)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.Holds;

    /// <inheritdoc/>
    public override string Remark => "On isometries whose δ_{r+1} is known and below δ_d: an equality for a projection of rank r, so nothing smaller than δ_{r+1} would do.";

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
        PairedProjections pair = SharpRipLemma.Create(instance, isSecondEqual: false);
        int rank = Math.Clamp(instance.InvariantRank, 1, instance.Dimension - 2);
        return SharpRipLemma.Judge(
            "L3-sharp",
            instance,
            pair,
            rank + 1,
            share,
            (pair.Second(1), pair.First(rank)),
            (instance.Dimension, rank),
            (x, y) => Math.Abs(RipLemma.Error(pair.Form, x).Inner(y)) / (x.NuclearNorm() * y.FrobeniusNorm()));
    }
}
