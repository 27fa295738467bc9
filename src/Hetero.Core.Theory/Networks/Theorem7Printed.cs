using Hetero.Core.Training;

namespace Hetero.Core.Theory.Networks;

/// <summary>
/// Theorem 7 with Algorithm 4 as printed, τ_t = ‖A* + A^(e_t)‖ in the operator norm: false. E[⟨X, D⟩X] = 2D + tr(D)·I, and the shrinkage takes a
/// trace out that is another one, so that all of U is multiplied by a
/// factor of either sign of its logarithm in each step, whose mean is below what the signal grows by.
/// </summary>
/// <remarks>With r1 = r2 = 2, as the figure has them. Of 1000 runs none has an error below 0.5 and 4 have one below 0.7, so less than one run in 100
/// is below 0.5; of nine, five have to: 126·10⁻¹⁰ at most. A run that diverges, 3 in 100, has not learned either.</remarks>
public sealed class Theorem7Printed : TheoryCheck
{
    private const int Dimension = 64;
    private const int Rank = 2;
    private const int Samples = 500;
    private const int Steps = 100;
    private const int Runs = 9;
    private const double Scale = 1e-3;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T7-printed",
        Statement = "Algorithm 4 with HeteroSGD and τ_t = ‖A* + A^(e_t)‖, the operator norm: ‖Σ u_ju_jᵀ − A*‖_F ≤ 0.5·‖A*‖_F",
        Equations = "(125), Algorithm 4",
        Stated = Verdict.Fails,
        FalseAlarmRate = 2e-8,
        Remark = "Nothing is learned: the error is ‖A*‖_F. The trace tr(A* + A^(e_t)) is what E[⟨X, D⟩X] = 2D + tr(D)·I needs (T7). "
            + "d = 64, m = 500, weights 0.5 ± 4, medians of 9 runs.",
        ControlStatement = "the same with the trace and an error of 0.01·‖A*‖_F",
        DefaultTrials = 1,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, TraceKind.OperatorNorm, 0.5);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, TraceKind.Known, 0.01);

    private static CheckResult Check(TheoryInstance instance, TraceKind trace, double bound)
    {
        NetworkRuns runs = NetworkRuns.Make(instance.Seed, Runs, Dimension, Rank, Samples, Steps, Scale, trace, isPooled: false);
        return CheckResult.Judge(
            Facts.Id,
            NetworkSetting.Hypotheses(Dimension, Rank, Scale),
            Inequality.AtMost(FormattableString.Invariant($"median of ‖UUᵀ − A*‖_F/‖A*‖_F ≤ {bound}"), runs.Error, bound));
    }
}
