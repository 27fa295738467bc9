using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Pooling;

/// <summary>
/// The size of PooledSGD's distance from A* + Ā (12), with its constant: E‖U_TU_Tᵀ − A* − Ā‖_F² is that of <see cref="PooledLaw"/>, for four pairs of ranks.
/// </summary>
/// <remarks>
/// The mean square of the replicas is a sum of at least 48·12 squares of nearly normal numbers, so by chance it is off by 0.8² or 1.25² with probability below 10⁻⁹.
/// </remarks>
public sealed class Theorem3Sharp : TheoryCheck
{
    private const int Replicas = 48;
    private static readonly (int, int)[] Pairs = [(1, 1), (1, 2), (2, 1), (2, 2)];

    private static readonly StatementInfo Facts = new()
    {
        Id = "T3-sharp",
        Statement =
            "PooledSGD, U* ⟂ V*, E[Σ^(e)] = I: ‖U_TU_Tᵀ − A* − Ā‖_F has the mean square (η(r(r + 1)/2 + 1)/(1 − η) + ηr(d − r)/(2 − η))·M²r2/m, r = r1 + r2",
        Equations = "(12)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark = "First order in √(d/m), from the noise of one step; by Chernoff's bound for χ² a false alarm has a probability below 10⁻⁹.",
        ControlStatement = "the same with 0.75 of that root",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 12, Samples = 64_000, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.75);

    private static CheckResult Check(TheoryInstance instance, double share)
        => PooledReplicas.Law(Facts.Id, instance, Pairs, Replicas, PaperSimulation.Pooled, PooledLaw.Fresh, (0.8 * share, 1.25 * share));
}
