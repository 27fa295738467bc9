using BenchmarkDotNet.Attributes;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks;

/// <summary>The whole default run: 200 steps of HeteroSGD by the exact law, everything created anew.</summary>
/// <remarks>The baselines draw from the same law with square matrices: with explicit measurements they would take half a minute.</remarks>
public class TrainingRunBenchmark
{
    [Benchmark(Baseline = true)]
    public void LoopExactLaw() => Run<LoopProducts>();

    [Benchmark]
    public void TensorPrimitivesExactLaw() => Run<TensorProducts>();

    [Benchmark]
    public void ExactLawDouble() => RunDouble(isRecorded: false);

    [Benchmark]
    public void ExactLawDoubleRecorded() => RunDouble(isRecorded: true);

    [Benchmark]
    public void ExactLawFloat()
    {
        HeteroSgd<float> trainer = DefaultProblem.Hetero(
            new ExactLawMeasurements<float>(DefaultProblem.Dimension, DefaultProblem.Seed), DefaultProblem.StepSize);
        DefaultProblem.CheckNotDiverged(trainer.Run(DefaultProblem.Steps).Status == TrainingStatus.Diverged);
    }

    private static void RunDouble(bool isRecorded)
    {
        HeteroSgd<double> trainer = DefaultProblem.Hetero(
            new ExactLawMeasurements<double>(DefaultProblem.Dimension, DefaultProblem.Seed), DefaultProblem.StepSize);
        TrajectoryRecorder<double>? recorder =
            isRecorded ? new TrajectoryRecorder<double>(trainer, DefaultProblem.Steps) : null;
        DefaultProblem.CheckNotDiverged(trainer.Run(DefaultProblem.Steps, recorder).Status == TrainingStatus.Diverged);
    }

    private static void Run<TProducts>()
        where TProducts : struct, IProducts
    {
        SquareExactLaw law = new(DefaultProblem.Dimension);
        SquareDescent<TProducts> descent =
            new(DefaultProblem.Create(), DefaultProblem.InitialScale, DefaultProblem.LowScalar, DefaultProblem.HighScalar);
        for (int step = 0; step < DefaultProblem.Steps; step++)
        {
            law.Accumulate(
                DefaultProblem.Samples, 1.0 / DefaultProblem.Samples, descent.Residual(law.NextEnvironment(2)), descent.Gradient);
            descent.Descend(DefaultProblem.StepSize);
        }
    }
}
