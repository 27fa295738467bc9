using BenchmarkDotNet.Attributes;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks;

/// <summary>One step of PooledSGD at d = 100, m = 8000: half of the batch in each of two environments, a draw of the exact law for each.</summary>
/// <remarks>The baselines draw from the same law with square matrices, so the ratio is that of the kernels.</remarks>
public class PooledStepBenchmarks
{
    private const int Dimension = DefaultProblem.Dimension;
    private const int Samples = DefaultProblem.Samples;

    private readonly SquareExactLaw _law = new(Dimension);
    private readonly SquareDescent<LoopProducts> _loop =
        new(DefaultProblem.Create(), DefaultProblem.InitialScale, DefaultProblem.LowScalar, DefaultProblem.HighScalar);

    private readonly SquareDescent<TensorProducts> _tensor =
        new(DefaultProblem.Create(), DefaultProblem.InitialScale, DefaultProblem.LowScalar, DefaultProblem.HighScalar);

    private readonly Trainer<double> _double = DefaultProblem.Pooled(
        new ExactLawMeasurements<double>(Dimension, DefaultProblem.Seed), DefaultProblem.StandingStepSize);

    private readonly Trainer<float> _float = DefaultProblem.Pooled(
        new ExactLawMeasurements<float>(Dimension, DefaultProblem.Seed), DefaultProblem.StandingStepSize);

    [GlobalSetup]
    public void Warm()
    {
        // The first step makes the source's scratch memory.
        _double.Advance();
        _float.Advance();
    }

    [GlobalCleanup]
    public void Check() => DefaultProblem.CheckNotDiverged(_double.HasDiverged || _float.HasDiverged);

    [Benchmark(Baseline = true)]
    public void LoopExactLaw() => Advance(_loop);

    [Benchmark]
    public void TensorPrimitivesExactLaw() => Advance(_tensor);

    [Benchmark]
    public TrainingStatus ExactLawDouble() => _double.Advance();

    [Benchmark]
    public TrainingStatus ExactLawFloat() => _float.Advance();

    private void Advance<TProducts>(SquareDescent<TProducts> descent)
        where TProducts : struct, IProducts
    {
        for (int environment = 0; environment < 2; environment++)
        {
            _law.Accumulate(Samples / 2, 1.0 / Samples, descent.Residual(environment), descent.Gradient);
        }

        descent.Descend(DefaultProblem.StandingStepSize);
    }
}
