using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>The problem that a run without options trains on: d = 100, r1 = r2 = 1, two environments s = 1 ± 6, m = 8000.</summary>
internal static class DefaultProblem
{
    public const int Dimension = 100;
    public const int Samples = 8000;
    public const int Steps = 200;
    public const ulong Seed = 1;
    public const double InitialScale = 1e-3;
    public const double StepSize = 0.05;

    /// <summary>
    /// A step size for measuring one step over and over: the time of a step does not depend on it, and an iterate that hardly moves
    /// neither diverges nor gets stuck in millions of steps.
    /// </summary>
    public const double StandingStepSize = 1e-9;

    public const double LowScalar = -5;
    public const double HighScalar = 7;

    public static SensingProblem Create() => SensingProblem.Create(Dimension, 1, 1, Seed);

    public static HeteroSgd<T> Hetero<T>(MeasurementSource<T> source, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(Create(), Environments, source, Options(stepSize));

    public static PooledSgd<T> Pooled<T>(MeasurementSource<T> source, double stepSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(Create(), Environments, source, Options(stepSize));

    public static PooledGd<T> Full<T>(MeasurementSource<T> source, double stepSize, Objective<T>? objective)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(Create(), Environments, source, Options(stepSize), objective: objective);

    public static EnvironmentDistribution Environments { get; } = DiagonalEnvironments.TwoPoint(1, 1, 6);

    /// <summary>A diverged trainer does nothing, and doing nothing is fast: such a measurement must not reach a table.</summary>
    public static void CheckNotDiverged(bool hasDiverged)
    {
        if (hasDiverged)
        {
            throw new InvalidOperationException("The run diverged, so its steps were not measured.");
        }
    }

    private static TrainingOptions Options(double stepSize) => new()
    {
        Seed = Seed,
        Samples = Samples,
        StepSize = StepSizeSchedule.Constant(stepSize),
        InitialScale = InitialScale,
    };
}
