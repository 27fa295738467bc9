using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 4, (30), as printed: with δ at any rank r, so also at r = 1. False by a factor 2 there; δ at rank 2 is enough, whatever the ranks of X and Z are.
/// </summary>
/// <remarks>
/// The counterexample is X = xxᵀ and Z = zzᵀ with orthogonal unit vectors, and measurements that turn the one into the other (<see cref="PrintedRank"/> at r =
/// 1): ‖E∘(X)Z‖ is θ, and δ_1 is θ/2.
/// </remarks>
public sealed class Lemma4Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L4-printed",
        Statement = "‖E∘(X)Z‖ ≤ δ‖X‖_*‖Z‖ with δ at rank 1",
        Equations = "(30)",
        Stated = Verdict.Fails,
        Remark = "A counterexample misses the bound by a factor 2; at r ≥ 2 the printed δ is enough.",
        ControlStatement = "the same with 1.9δ",
        DefaultTrials = 5,
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
    /// <param name="theta">θ, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int dimension, double theta) => Check(dimension, theta, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.Dimension, 0.5, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance.Dimension, 0.5, 1.9);

    private static CheckResult Check(int dimension, double theta, double factor)
    {
        PrintedRank counterexample = PrintedRank.One(dimension, 1, theta);
        double left = (RipLemma.Error(counterexample.Form, counterexample.First) * counterexample.Second).Norm();
        return counterexample.Judge(Facts.Id, factor, "‖E∘(X)Z‖ ≤ {0}δ_1‖X‖_*‖Z‖", left);
    }
}
