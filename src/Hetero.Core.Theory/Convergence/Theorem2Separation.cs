using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// (11): max{‖U*ᵀU_TU_TᵀU* − I‖, ‖V*ᵀU_TU_TᵀV*‖} = o_P(1), so that invariant and spurious signals can be told apart. Measured is the chance that it exceeds 0.1 at T2,
/// for m and for 256 times as many samples: it must fall.
/// </summary>
/// <remarks>
/// <para>Two things fall. The noise of the invariant part is ∝ √(1/m). The spurious part, fed with noise of size √(1/m), has in the long run a power tail
/// P(‖q‖ &gt; x) ∝ (x·√m)^−κ with E|1 + ηs|^κ = 1, so its chance falls like m^{−κ/2}, slowly; with M = 12 and η = 0.05, κ is 0.73, and the time from T1 to T2 is too
/// short for the whole tail. PooledSGD keeps the spurious signal, whatever m is.</para>
/// <para>Compared are Clopper–Pearson bounds, each wrong with probability at most 5·10⁻⁷.</para>
/// </remarks>
public sealed class Theorem2Separation : TheoryCheck
{
    private const int Growth = 256;
    private const int Replicas = 200;
    private const double Level = 0.1;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-separation",
        Statement = "HeteroSGD: P(max{‖U*ᵀU_TU_TᵀU* − I‖, ‖V*ᵀU_TU_TᵀV*‖} > 0.1) falls with m",
        Equations = "(11)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "Outside the theorem's window, inside the sharp one: M = 12, η = 0.05, m from 500 to 128,000.",
        ControlStatement = "the same for PooledSGD",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Compares the chances at m and at a multiple of m.</summary>
    /// <param name="problem">The subspaces.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="options">The options: m is the smaller number of samples, and replica i has seed + i.</param>
    /// <param name="growth">By how much m grows, 2 or more.</param>
    /// <param name="level">What must not be exceeded, above 0.</param>
    /// <param name="replicas">The number of runs at each m, 1 or more.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static CheckResult Check(
        SensingProblem problem,
        EnvironmentDistribution environments,
        TrainingOptions options,
        int growth = Growth,
        double level = Level,
        int replicas = Replicas)
        => Check(
            problem, environments, options, growth, level, replicas, (source, run) => new HeteroSgd<double>(problem, environments, source, run));

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 4, Samples = 500, Spread = 12, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.CreateProblem(), instance.CreateEnvironments(), PaperSimulation.Options(instance));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        SensingProblem problem = instance.CreateProblem();
        EnvironmentDistribution environments = instance.CreateEnvironments();
        return Check(
            problem,
            environments,
            PaperSimulation.Options(instance),
            Growth,
            Level,
            Replicas,
            (source, run) => new PooledSgd<double>(problem, environments, source, run));
    }

    private static CheckResult Check(
        SensingProblem problem,
        EnvironmentDistribution environments,
        TrainingOptions options,
        int growth,
        double level,
        int replicas,
        Func<ExactLawMeasurements<double>, TrainingOptions, Trainer<double>> create)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(growth, 2);
        Guard.InRange(options.Samples, 1, long.MaxValue / growth, "options.Samples");
        Guard.Positive(level);
        Guard.AtLeast(replicas, 1);
        int steps = PhaseSchedule.Create(options).ConvergenceEnd;
        ConfidenceInterval few = Exceeds(options.Samples), many = Exceeds(options.Samples * growth);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.Below(
                string.Create(CultureInfo.InvariantCulture, $"P(max > {level}) at {growth}m, upper bound < P at m, lower bound"), many.Upper, few.Lower)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"P at m: {few}; at {growth}m: {many}"),
        };

        ConfidenceInterval Exceeds(long samples) => TrainedRun.Chance(options, samples, replicas, run =>
        {
            Trainer<double> trainer = create(PaperSimulation.Measurements(problem.Dimension, run.Seed), run);
            return trainer.Run(steps).Status != TrainingStatus.Completed || Deviation(problem, trainer) > level;
        });
    }

    private static double Deviation(SensingProblem problem, Trainer<double> trainer)
    {
        Decomposition<double> parts = new(problem, trainer.Factor.Columns);
        parts.Compute(trainer.Factor, trainer.Signals);
        Matrix r = Matrix.Of(parts.Invariant);
        double spurious = Norms.Spectral(
            parts.Spurious, new double[Norms.GetSpectralScratchLength<double>(parts.Spurious.Rows, parts.Spurious.Columns)]);
        return Math.Max(((r.T * r) - Matrix.Identity(problem.InvariantRank)).Norm(), spurious * spurious);
    }
}
