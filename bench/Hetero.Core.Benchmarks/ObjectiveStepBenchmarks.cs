using BenchmarkDotNet.Attributes;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks;

/// <summary>One step of PooledGD with each objective that asks for invariance, by the exact law at d = 100, m = 8000, two environments, on one thread.</summary>
/// <remarks>The baseline is the mean gradient of both environments; beside it one step of HeteroSGD, which sees one of them.</remarks>
public class ObjectiveStepBenchmarks
{
    private const double Weight = 0.1;

    private Trainer<double> _trainer = null!;

    [GlobalSetup(Target = nameof(Pooled))]
    public void SetupPooled() => Start((Objective<double>?)null);

    [GlobalSetup(Target = nameof(Hetero))]
    public void SetupHetero() => Start(DefaultProblem.Hetero(Source(), DefaultProblem.StandingStepSize));

    [GlobalSetup(Target = nameof(VRex))]
    public void SetupVRex() => Start(new RiskExtrapolation<double>(Weight));

    [GlobalSetup(Target = nameof(WorstGroup))]
    public void SetupWorstGroup() => Start(new GroupDro<double>());

    [GlobalSetup(Target = nameof(Irm))]
    public void SetupIrm() => Start(new IrmV1<double>(Weight));

    [GlobalSetup(Target = nameof(MatrixDummy))]
    public void SetupMatrixDummy() => Start(new MatrixIrm<double>(Weight));

    [GlobalSetup(Target = nameof(VarianceOfGradients))]
    public void SetupVarianceOfGradients() => Start(new GradientVariance<double>(Weight));

    [GlobalSetup(Target = nameof(VarianceOfNorms))]
    public void SetupVarianceOfNorms() => Start(new GradientNormVariance<double>(Weight));

    [GlobalSetup(Target = nameof(Mask))]
    public void SetupMask() => Start(new AndMask<double>());

    [GlobalCleanup]
    public void Check() => DefaultProblem.CheckNotDiverged(_trainer.HasDiverged);

    [Benchmark(Baseline = true)]
    public TrainingStatus Pooled() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus Hetero() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus VRex() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus WorstGroup() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus Irm() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus MatrixDummy() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus VarianceOfGradients() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus VarianceOfNorms() => _trainer.Advance();

    [Benchmark]
    public TrainingStatus Mask() => _trainer.Advance();

    private static ExactLawMeasurements<double> Source() => new(DefaultProblem.Dimension, DefaultProblem.Seed);

    private void Start(Objective<double>? objective) => Start(DefaultProblem.Full(Source(), DefaultProblem.StandingStepSize, objective));

    private void Start(Trainer<double> trainer)
    {
        // The first step makes the source's scratch memory.
        _trainer = trainer;
        _trainer.Advance();
    }
}
