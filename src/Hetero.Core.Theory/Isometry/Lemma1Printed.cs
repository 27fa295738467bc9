using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 1, (27), as printed: with δ at the rank r of X and Y. False by a factor 2, at every rank r ≤ d/2.
/// </summary>
/// <remarks>
/// The counterexample is X = P/√r, Y = P'/√r with projections onto orthogonal subspaces, and measurements that turn the one into the other
/// (<see cref="PrintedRank"/>): δ_r is θ/2 and ⟨E∘(X), Y⟩ is θ. The proofs in the literature use δ at rank 2r, which is θ here. The paper's Theorem 2 asks for
/// the RIP at rank 4(r1 + r2), which leaves room for that.
/// </remarks>
public sealed class Lemma1Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L1-printed",
        Statement = "|⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F for X, Y of rank r, with δ at rank r",
        Equations = "(27)",
        Stated = Verdict.Fails,
        Remark = "A counterexample misses the bound by a factor 2 at every rank up to d/2: δ must be taken at rank 2r.",
        ControlStatement = "the same with 1.9δ",
        DefaultTrials = 20,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        int dimension = Math.Min(instance.Dimension, 6);
        return instance with { Dimension = dimension, InvariantRank = Math.Min(instance.InvariantRank, dimension / 2) };
    }

    /// <summary>Checks the printed lemma on the counterexample.</summary>
    /// <param name="dimension">The dimension d, 2 to <see cref="IsometryForm.MaxDimension"/>.</param>
    /// <param name="rank">The rank r, 1 to d/2.</param>
    /// <param name="theta">θ, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int dimension, int rank, double theta) => Check(dimension, rank, theta, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.Dimension, instance.InvariantRank, 0.5, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance.Dimension, instance.InvariantRank, 0.5, 1.9);

    private static CheckResult Check(int dimension, int rank, double theta, double factor)
    {
        PrintedRank counterexample = PrintedRank.Equal(dimension, rank, theta);
        double left = Math.Abs(RipLemma.Error(counterexample.Form, counterexample.First).Inner(counterexample.Second));
        return counterexample.Judge(Facts.Id, factor, "|⟨E∘(X), Y⟩| ≤ {0}δ_r‖X‖_F‖Y‖_F", left);
    }
}
