namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 3, (29), at the smallest rank that does: |⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for Y of rank r with δ at rank r + 1, and no smaller number will do.
/// </summary>
/// <remarks>
/// On <see cref="PairedProjections"/> with b = 1 it is an equality for X = P' and the projection Y onto r directions of P, where δ_{r+1} is θ√(r/a).
/// </remarks>
public sealed class Lemma3Sharp : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L3-sharp",
        Statement = "|⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for Y of rank r with δ at rank r + 1, and ≥ 0.99δ‖X‖_*‖Y‖_F for some",
        Equations = "(29)",
        Stated = Verdict.Holds,
        Remark =
            "On isometries whose δ_{r+1} is known and below δ_d: an equality for a projection of rank r, so nothing smaller than δ_{r+1} would do.",
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
        PairedProjections pair = SharpRipLemma.Create(instance, isSecondEqual: false);
        int rank = Math.Clamp(instance.InvariantRank, 1, instance.Dimension - 2);
        return SharpRipLemma.Judge(
            Facts.Id,
            instance,
            pair,
            rank + 1,
            share,
            (pair.Second(1), pair.First(rank)),
            (instance.Dimension, rank),
            (x, y) => Math.Abs(RipLemma.Error(pair.Form, x).Inner(y)) / (x.NuclearNorm() * y.FrobeniusNorm()));
    }
}
