using BenchmarkDotNet.Attributes;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks;

/// <summary>One step of HeteroSGD at d = 100, m = 8000, on one thread, by each kind of measurements.</summary>
/// <remarks>
/// The baseline is the usual first program: measurements stored as square matrices, a loop for the coefficient and a loop for the sum. Every
/// benchmark makes only its own data, so a process needs at most the 640 MB of the squares.
/// </remarks>
public class StepBenchmarks
{
    private const int Dimension = DefaultProblem.Dimension;
    private const int Samples = DefaultProblem.Samples;

    private SquareDescent<LoopProducts> _loop = null!;
    private SquareDescent<TensorProducts> _tensor = null!;
    private StoredSquares _squares = null!;
    private MathNetStep _mathNet = null!;
    private Trainer<double>? _double;
    private Trainer<float>? _float;
    private int _step;

    public double SquareBytes => (double)Samples * Dimension * Dimension * sizeof(double);

    public double DoubleBytes => (double)Samples * Svec.Length(Dimension) * sizeof(double);

    public double FloatBytes => (double)Samples * Svec.Length(Dimension) * sizeof(float);

    public double Numbers => (double)Samples * Svec.Length(Dimension);

    [GlobalSetup(Target = nameof(LoopSquares))]
    public void SetupLoop()
    {
        _squares = new StoredSquares(Dimension, Samples, DefaultProblem.Seed);
        _loop = new(DefaultProblem.Create(), DefaultProblem.InitialScale, DefaultProblem.LowScalar, DefaultProblem.HighScalar);
    }

    [GlobalSetup(Target = nameof(TensorPrimitivesSquares))]
    public void SetupTensor()
    {
        _squares = new StoredSquares(Dimension, Samples, DefaultProblem.Seed);
        _tensor = new(DefaultProblem.Create(), DefaultProblem.InitialScale, DefaultProblem.LowScalar, DefaultProblem.HighScalar);
    }

    [GlobalSetup(Target = nameof(MathNetStoredDouble))]
    public void SetupMathNet()
        => _mathNet = new(
            DefaultProblem.Create(), Samples, DefaultProblem.Seed, DefaultProblem.InitialScale, DefaultProblem.LowScalar, DefaultProblem.HighScalar);

    [GlobalSetup(Target = nameof(StoredDouble))]
    public void SetupStoredDouble() => Start(new StoredMeasurements<double>(Dimension, Samples, DefaultProblem.Seed));

    [GlobalSetup(Target = nameof(StoredFloat))]
    public void SetupStoredFloat() => Start(new StoredMeasurements<float>(Dimension, Samples, DefaultProblem.Seed));

    [GlobalSetup(Target = nameof(RegeneratedDouble))]
    public void SetupRegeneratedDouble() => Start(new RegeneratedMeasurements<double>(Dimension, DefaultProblem.Seed));

    [GlobalSetup(Target = nameof(RegeneratedFloat))]
    public void SetupRegeneratedFloat() => Start(new RegeneratedMeasurements<float>(Dimension, DefaultProblem.Seed));

    [GlobalSetup(Target = nameof(ExactLawDouble))]
    public void SetupExactLawDouble() => Start(new ExactLawMeasurements<double>(Dimension, DefaultProblem.Seed));

    [GlobalSetup(Target = nameof(ExactLawFloat))]
    public void SetupExactLawFloat() => Start(new ExactLawMeasurements<float>(Dimension, DefaultProblem.Seed));

    [GlobalSetup(Target = nameof(PopulationDouble))]
    public void SetupPopulationDouble() => Start(new PopulationMeasurements<double>(Dimension));

    [GlobalSetup(Target = nameof(PopulationFloat))]
    public void SetupPopulationFloat() => Start(new PopulationMeasurements<float>(Dimension));

    [GlobalCleanup]
    public void Check() => DefaultProblem.CheckNotDiverged(_double?.HasDiverged == true || _float?.HasDiverged == true);

    [Benchmark(Baseline = true), Work(WorkUnit.Byte, nameof(SquareBytes))]
    public void LoopSquares()
    {
        _squares.Accumulate(_loop.Residual(_step++ & 1), _loop.Gradient);
        _loop.Descend(DefaultProblem.StandingStepSize);
    }

    [Benchmark, Work(WorkUnit.Byte, nameof(SquareBytes))]
    public void TensorPrimitivesSquares()
    {
        _squares.AccumulateTensor(_tensor.Residual(_step++ & 1), _tensor.Gradient);
        _tensor.Descend(DefaultProblem.StandingStepSize);
    }

    [Benchmark, Work(WorkUnit.Byte, nameof(DoubleBytes))]
    public void MathNetStoredDouble() => _mathNet.Advance(_step++ & 1, DefaultProblem.StandingStepSize);

    [Benchmark, Work(WorkUnit.Byte, nameof(DoubleBytes))]
    public TrainingStatus StoredDouble() => _double!.Advance();

    [Benchmark, Work(WorkUnit.Byte, nameof(FloatBytes))]
    public TrainingStatus StoredFloat() => _float!.Advance();

    [Benchmark, Work(WorkUnit.Number, nameof(Numbers))]
    public TrainingStatus RegeneratedDouble() => _double!.Advance();

    [Benchmark, Work(WorkUnit.Number, nameof(Numbers))]
    public TrainingStatus RegeneratedFloat() => _float!.Advance();

    [Benchmark]
    public TrainingStatus ExactLawDouble() => _double!.Advance();

    [Benchmark]
    public TrainingStatus ExactLawFloat() => _float!.Advance();

    [Benchmark]
    public TrainingStatus PopulationDouble() => _double!.Advance();

    [Benchmark]
    public TrainingStatus PopulationFloat() => _float!.Advance();

    // The first step makes the source's scratch memory.
    private void Start(MeasurementSource<double> source)
    {
        _double = DefaultProblem.Hetero(source, DefaultProblem.StandingStepSize);
        _double.Advance();
    }

    private void Start(MeasurementSource<float> source)
    {
        _float = DefaultProblem.Hetero(source, DefaultProblem.StandingStepSize);
        _float.Advance();
    }
}
