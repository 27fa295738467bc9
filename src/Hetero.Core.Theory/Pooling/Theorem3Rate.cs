using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Pooling;

/// <summary>The rate at which PooledSGD's distance from A* + Ā (12) falls with m: ∝ (d/m)^β with β near ½ at T2, over doublings of m.</summary>
/// <remarks>
/// As for HeteroSGD the noise of a step is ∝ √(1/m), since the residuals of single samples do not vanish: each still sees its own A^(e) − Ā. The interval is at
/// 1 − 10⁻⁶ (order statistics of the replicas' slopes). The slopes of single replicas spread by 0.005 about β, so none of a right β comes near the limits.
/// </remarks>
public sealed class Theorem3Rate : TheoryCheck
{
    private const int Doublings = 4;
    private const int Replicas = 24;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T3-rate",
        Statement = "PooledSGD, U* ⟂ V*, E[Σ^(e)] = I: ‖U_TU_Tᵀ − A* − Ā‖_F ∝ (d/m)^β with β in [0.4, 0.6]",
        Equations = "(12)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "(12) says o(1); √(d/m) is what its proof's (118) leads to.",
        ControlStatement = "the same for the distance from A*, which does not fall",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Measures β with the user's own runs.</summary>
    /// <param name="create">Makes PooledSGD at its start from options that differ from the given ones in m and seed alone.</param>
    /// <param name="options">The options: m is the smallest number of samples, and replica i has seed + i.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <param name="doublings">How often m is doubled, 3 or more.</param>
    /// <param name="replicas">The number of runs at each m, 21 to 1000.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or a run diverged.</exception>
    public static CheckResult Check(
        Func<TrainingOptions, PooledSgd<double>> create, TrainingOptions options, int? steps = null, int doublings = Doublings, int replicas = Replicas)
        => Check(create, options, steps, doublings, replicas, row => row.PooledError);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 10, Samples = 2000, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(Create(instance), PaperSimulation.Options(instance));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(Create(instance), PaperSimulation.Options(instance), null, Doublings, Replicas, row => row.Error);

    private static Func<TrainingOptions, PooledSgd<double>> Create(TheoryInstance instance)
    {
        SensingProblem problem = instance.CreateProblem();
        EnvironmentDistribution environments = instance.CreateEnvironments();
        return options => new PooledSgd<double>(problem, environments, PaperSimulation.Measurements(instance.Dimension, options.Seed), options);
    }

    private static CheckResult Check(
        Func<TrainingOptions, PooledSgd<double>> create,
        TrainingOptions options,
        int? steps,
        int doublings,
        int replicas,
        Func<TrajectoryRow, double> distance)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(options);
        int last = steps ?? PhaseSchedule.Create(options).ConvergenceEnd;
        Guard.AtLeast(last, 1, nameof(steps));
        PooledSgd<double> first = create(options);
        ErrorScaling scaling = ErrorScaling.Measure(
            first.Factor.Rows, options, doublings, replicas, run => distance(TrainedRun.Last(create(run), last)));
        return CheckResult.Judge(Facts.Id, PooledLimit.Hypotheses(first), scaling.Between(0.4, 0.6)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture, $"β = {scaling.Exponent}; median distance from {scaling.Medians[0]:G4} to {scaling.Medians[^1]:G4}"),
        };
    }
}
