namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 4, (30), at the smallest rank that does: ‖E∘(X)Z‖ ≤ δ‖X‖_*‖Z‖ for any X with δ at rank 2, and no smaller number will do.
/// </summary>
/// <remarks>
/// On <see cref="PairedProjections"/> with b = 1 it is an equality for X = P' and a Z that is a direction of P, where δ_2 is θ/√a.
/// </remarks>
public sealed class Lemma4Sharp : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L4-sharp",
        Statement = "‖E∘(X)Z‖ ≤ δ‖X‖_*‖Z‖ for any X with δ at rank 2, and ≥ 0.99δ‖X‖_*‖Z‖ for some",
        Equations = "(30)",
        Stated = Verdict.Holds,
        Remark = "On isometries whose δ_2 is known and below δ_d: an equality for an X of rank 1, so nothing smaller than δ_2 would do.",
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
        return SharpRipLemma.Judge(
            Facts.Id,
            instance,
            pair,
            2,
            share,
            (pair.Second(1), pair.First(1)),
            (instance.Dimension, 1),
            (x, z) => (RipLemma.Error(pair.Form, x) * z).Norm() / (x.NuclearNorm() * z.Norm()));
    }
}
