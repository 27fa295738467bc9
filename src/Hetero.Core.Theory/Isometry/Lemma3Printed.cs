using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 3, (29), as printed: with δ at the rank r of Y. False by √(r/(r − 1)) at every rank r from 2 to d − 1, and by a factor 2 at r = 1.
/// </summary>
/// <remarks>
/// The counterexample is that of Lemma 2 read from the other side (<see cref="PrintedRank"/>): X = zzᵀ, whose nuclear norm is 1, and Y = P/√r have ⟨E∘(X), Y⟩ =
/// θ, and δ_r is θ√((r − 1)/r). δ at rank r + 1 is θ, and with it the lemma holds.
/// </remarks>
public sealed class Lemma3Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L3-printed",
        Statement = "|⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for Y of rank r, with δ at rank r",
        Equations = "(29)",
        Stated = Verdict.Fails,
        Remark = "A counterexample misses the bound by √(r/(r − 1)), at r = 1 by a factor 2: δ must be taken at rank r + 1.",
        ControlStatement = "the same with 0.95√(r/(r − 1))·δ, and 1.9δ at r = 1",
        DefaultTrials = 20,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Dimension = Math.Min(instance.Dimension, 7), Columns = null };
    }

    /// <summary>Checks the printed lemma on the counterexample.</summary>
    /// <param name="dimension">The dimension d, 2 to <see cref="IsometryForm.MaxDimension"/>.</param>
    /// <param name="rank">The rank r, 1 to d − 1.</param>
    /// <param name="theta">θ, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int dimension, int rank, double theta) => Check(dimension, rank, theta, control: false);

    // Ranks from 1 to 5.
    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.Dimension, instance.InvariantRank + instance.SpuriousRank - 1, 0.5, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance.Dimension, instance.InvariantRank + instance.SpuriousRank - 1, 0.5, control: true);

    private static CheckResult Check(int dimension, int rank, double theta, bool control)
    {
        PrintedRank counterexample = PrintedRank.One(dimension, rank, theta);
        double left = Math.Abs(RipLemma.Error(counterexample.Form, counterexample.Second).Inner(counterexample.First));
        double factor = control ? 0.95 * counterexample.Theta / counterexample.Delta : 1;
        return counterexample.Judge(Facts.Id, factor, "|⟨E∘(X), Y⟩| ≤ {0}δ_r‖X‖_*‖Y‖_F", left);
    }
}
