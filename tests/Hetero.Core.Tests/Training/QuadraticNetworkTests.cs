using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Algorithm 4 as a composition: steps against plain ones, bits, memory and ends.</summary>
[Collection(Allocations.Collection)]
public class QuadraticNetworkTests
{
    private const int D = 8;

    private static readonly QuadraticNeurons Neurons = QuadraticNeurons.Draw(D, 2, 2, 3);

    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 250, InitialScale = 0.3, TruncationLevel = 6, NoiseDeviation = 0.1 };

    public static TheoryData<string, bool, TraceKind> All()
    {
        TheoryData<string, bool, TraceKind> all = [];
        foreach (string algorithm in new[] { "HeteroSGD", "PooledSGD", "PooledGD" })
        {
            foreach (bool stored in new[] { false, true })
            {
                foreach (TraceKind trace in Enum.GetValues<TraceKind>())
                {
                    all.Add(algorithm, stored, trace);
                }
            }
        }

        return all;
    }

    /// <summary>Algorithm 4 in loops over single samples and neurons, from the inputs and the environments' weights alone.</summary>
    [Theory]
    [InlineData(TraceKind.Known)]
    [InlineData(TraceKind.ResponseMean)]
    [InlineData(TraceKind.OperatorNorm)]
    public void AStepIsThePlainOne(TraceKind kind)
    {
        TrainingOptions options = Options with { NoiseDeviation = 0 };
        RankOneMeasurements<double> inputs = new(D, options.Seed);
        Trainer<double> trainer = Create<double>("HeteroSGD", stored: false, kind, options);
        double[,] u = new double[D, D];
        for (int i = 0; i < D; i++)
        {
            u[i, i] = options.InitialScale;
        }

        int cut = 0;
        for (int step = 0; step < 12; step++)
        {
            double[] weights = new double[2], sigma = new double[4];
            Weights.Draw(new Hetero.Core.Random.RandomStream(options.Seed, Hetero.Core.Random.StreamPurpose.Environments, step), sigma, weights);
            double[,] gradient = new double[D, D];
            double[] x = new double[D];
            double responses = 0;
            for (int i = 0; i < options.Samples; i++)
            {
                inputs.CopyInput(step, i, x);
                double y = Squared(Neurons.Invariant, 0, x) + Squared(Neurons.Invariant, 1, x)
                    + (weights[0] * Squared(Neurons.Variant, 0, x)) + (weights[1] * Squared(Neurons.Variant, 1, x));
                double prediction = 0;
                for (int j = 0; j < D; j++)
                {
                    double inner = 0;
                    for (int k = 0; k < D; k++)
                    {
                        inner += u[k, j] * x[k];
                    }

                    prediction += inner * inner;
                }

                responses += y / options.Samples;
                if (prediction > options.TruncationLevel)
                {
                    cut++;
                    continue;
                }

                for (int k = 0; k < D; k++)
                {
                    for (int l = 0; l < D; l++)
                    {
                        gradient[k, l] += (prediction - y) / options.Samples * x[k] * x[l];
                    }
                }
            }

            double tau = kind switch
            {
                TraceKind.ResponseMean => responses,
                TraceKind.Known => Length(Neurons.Invariant, 0) + Length(Neurons.Invariant, 1) + (weights[0] * Length(Neurons.Variant, 0)) + (weights[1] * Length(Neurons.Variant, 1)),
                _ => NormOfSignals(weights),
            };
            double norm = u.Cast<double>().Sum(entry => entry * entry), denominator = 1 - (0.05 * (norm - tau));
            double[,] next = new double[D, D];
            for (int i = 0; i < D; i++)
            {
                for (int j = 0; j < D; j++)
                {
                    double direction = 0;
                    for (int k = 0; k < D; k++)
                    {
                        direction += gradient[i, k] * u[k, j];
                    }

                    next[i, j] = (u[i, j] - (0.05 * direction)) / denominator;
                }
            }

            u = next;
            Assert.Equal(TrainingStatus.Completed, trainer.Advance());
            for (int i = 0; i < D; i++)
            {
                for (int j = 0; j < D; j++)
                {
                    Assert.Equal(u[i, j], trainer.Factor[i, j], 1e-12);
                }
            }
        }

        Assert.InRange(cut, 1, 12 * (int)options.Samples / 2);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void BitsMemoryAndSavedRuns(string algorithm, bool stored, TraceKind trace)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> whole = Create<T>(algorithm, stored, trace, Options);
            using WorkerTeam team = new(3);
            Trainer<T> shared = Create<T>(algorithm, stored, trace, Options, team);
            for (int step = 0; step < 6; step++)
            {
                // Saved at every step, and continued by a trainer of its own.
                Trainer<T> second = Create<T>(algorithm, stored, trace, Options);
                second.Restore(SavedRun.Of(whole));
                whole.Advance();
                second.Advance();
                shared.Advance();
                Assert.False(whole.HasDiverged);
                Assert.Equal(whole.Factor.Data.ToArray(), second.Factor.Data.ToArray());
                Assert.Equal(whole.Factor.Data.ToArray(), shared.Factor.Data.ToArray());
            }

            Trainer<T> measured = Create<T>(algorithm, stored, trace, Options with { StepSize = StepSizeSchedule.Constant(1e-4) });
            Assert.Equal(0, Allocations.Of(() => measured.Advance()));
        }
    }

    // A change of these hashes is a change of the numbers of every recorded run. 1500 samples are three ranges.
    [Theory]
    [InlineData("HeteroSGD", false, 0xA6AFF08E3A51D79AUL, 0x8FE03DF624975BEDUL)]
    [InlineData("HeteroSGD", true, 0x1D4D6C3BCC02F723UL, 0x2BA35B794D465A5EUL)]
    [InlineData("PooledSGD", false, 0x3B819FC38521602DUL, 0x5E1F82A298AC2D4DUL)]
    [InlineData("PooledGD", true, 0xB0355CD35E2662E3UL, 0x4ABD4695AE8FC89CUL)]
    public void AsPinned(string algorithm, bool stored, ulong hash, ulong floatHash)
    {
        Assert.Equal((hash, floatHash), (Hash<double>(), Hash<float>()));

        ulong Hash<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> trainer = Create<T>(algorithm, stored, TraceKind.ResponseMean, Options with { Samples = 1500 });
            Assert.Equal(TrainingStatus.Completed, trainer.Run(20).Status);
            ulong sum = 14695981039346656037;
            foreach (byte value in MemoryMarshal.AsBytes(trainer.Factor.Data))
            {
                sum = (sum ^ value) * 1099511628211;
            }

            return sum;
        }
    }

    [Fact]
    public void ADenominatorOfZeroOrLessIsDivergence()
    {
        // ‖U_0‖² = 8·16 = 128, beyond 1/η = 20 and the trace.
        Trainer<double> trainer = Create<double>("HeteroSGD", stored: false, TraceKind.Known, Options with { InitialScale = 4 });
        Assert.Equal(new TrainingOutcome(TrainingStatus.Diverged, 1), trainer.Run(5));
    }

    [Fact]
    public void TheShrinkageRefusesWhatItCannotKnow()
    {
        EnvironmentDistribution environments = Neurons.CreateEnvironments(Weights);
        SignalModel<double> signals = new(Neurons.Problem);
        TrainingOptions plain = new() { Seed = 1, Samples = 50 };
        TrainingParts<double> parts = new() { UpdateRule = new Shrinkage<double>(new Sgd<double>(), TraceKind.ResponseMean) };
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new Trainer<double>(new HeteroBatch<double>(signals, environments, new ExactLawMeasurements<double>(D, 1), plain), plain, parts: parts));
        Assert.Contains("ResponseMean", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(
            () => new HeteroBatch<double>(signals, environments, new ExactLawMeasurements<double>(D, 1), plain with { TruncationLevel = 4 }));
        Assert.Contains("TruncationLevel", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Shrinkage<double>(new Shrinkage<double>(new Sgd<double>())));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HeteroBatch<double>(signals, environments, new RankOneMeasurements<double>(D, 1), plain with { TruncationLevel = 0 }));
    }

    [Fact]
    public void ATruncatedRunIsAnotherRun()
    {
        Trainer<double> trainer = Create<double>("HeteroSGD", stored: false, TraceKind.Known, Options);
        RunMismatchException refusal = Assert.Throws<RunMismatchException>(
            () => Create<double>("HeteroSGD", stored: false, TraceKind.Known, Options with { TruncationLevel = 7 }).Restore(SavedRun.Of(trainer)));
        Assert.Contains("TruncationLevel", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<RunMismatchException>(
            () => Create<double>("HeteroSGD", stored: false, TraceKind.ResponseMean, Options).Restore(SavedRun.Of(trainer)));
        Assert.Contains("shrinkage", refusal.Message, StringComparison.Ordinal);
    }

    // The mean of the responses is that of the samples, by shares and by odds alike: equal odds would make 7.5 of 0.7.
    [Theory]
    [InlineData("PooledSGD")]
    [InlineData("PooledGD")]
    public void TheMeanOfTheResponsesIsWeightedAsTheGradient(string algorithm)
    {
        TrainingOptions options = Options with { Samples = 20_000, NoiseDeviation = 0 };
        FiniteEnvironments weights = new(2, [[16, 0, 0, 16], [-1, 0, 0, -1]], [0.1, 0.9]);
        Batch<double> batch = Batch<double>(algorithm, Source<double>(algorithm, stored: false, options, null), options, weights);
        double[] product = new double[Svec.Length(D)], gradient = new double[product.Length];
        batch.ComputeGradient(new BatchStep<double> { Step = 0, Product = product, Gradient = gradient, WantsResponseMean = true });
        double[] mean = new double[4];
        batch.Environments!.CopyMean(mean);

        // The variance of a response is 2‖A‖², on average 2(‖A*‖ + 5.2·‖BBᵀ‖)² at most, by 0.1·16² + 0.9 < 5.2²; six deviations of the mean.
        double norm = Math.Sqrt(Neurons.Problem.Eigenvalues.ToArray().Sum(value => value * value)) + (5.2 / 0.7 * Math.Sqrt(mean.Sum(value => value * value)));
        double tolerance = 6 * Math.Sqrt(2) * norm / Math.Sqrt(options.Samples);
        Assert.True(tolerance < 0.5 * (6.8 / 0.7) * (mean[0] + mean[3]));
        Assert.Equal(Neurons.Problem.SignalTrace + mean[0] + mean[3], batch.ResponseMean, tolerance);
    }

    // What shrinks is the rate, as it is for the direction.
    [Theory]
    [InlineData(TraceKind.Known)]
    [InlineData(TraceKind.ResponseMean)]
    [InlineData(TraceKind.OperatorNorm)]
    public void AScaleOfTheGradientIsOneOfTheStepSize(TraceKind trace)
    {
        Trainer<double> scaled = Create<double>("HeteroSGD", stored: false, trace, Options with { StepSize = StepSizeSchedule.Constant(0.02), GradientScale = 2 });
        Trainer<double> plain = Create<double>("HeteroSGD", stored: false, trace, Options with { StepSize = StepSizeSchedule.Constant(0.04) });
        Trainer<double> half = Create<double>("HeteroSGD", stored: false, trace, Options with { StepSize = StepSizeSchedule.Constant(0.02) });
        foreach (Trainer<double> trainer in new[] { scaled, plain, half })
        {
            Assert.Equal(TrainingStatus.Completed, trainer.Run(6).Status);
        }

        Assert.Equal(plain.Factor.Data.ToArray(), scaled.Factor.Data.ToArray());
        Assert.NotEqual(half.Factor.Data.ToArray(), scaled.Factor.Data.ToArray());
    }

    [Fact]
    public void PredictionsAreSumsOfSquares()
    {
        double[] factor = Data.Uniform<double>(5 * 3, 1), inputs = Data.Uniform<double>(4000 * 5, 2), predictions = new double[4000];
        QuadraticNetwork.Predict<double>(new ReadOnlyMatrixSpan<double>(factor, 5, 3), new ReadOnlyMatrixSpan<double>(inputs, 4000, 5), predictions);
        for (int i = 0; i < 4000; i++)
        {
            double expected = 0;
            for (int j = 0; j < 3; j++)
            {
                double inner = Enumerable.Range(0, 5).Sum(k => factor[(k * 3) + j] * inputs[(i * 5) + k]);
                expected += inner * inner;
            }

            Assert.Equal(expected, predictions[i], 1e-13 * 25);
        }
    }

    private static DiagonalEnvironments Weights => DiagonalEnvironments.TwoPoint(2, 0.5, 2, ownDraws: true);

    private static MeasurementSource<T> Source<T>(string algorithm, bool stored, TrainingOptions options, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => stored
            ? new StoredRankOneMeasurements<T>(D, options.Samples, options.Seed, team, algorithm == "PooledGD" ? 4 : 1)
            : new RankOneMeasurements<T>(D, options.Seed, team);

    private static Batch<T> Batch<T>(string algorithm, MeasurementSource<T> source, TrainingOptions options, EnvironmentDistribution? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignalModel<T> signals = new(Neurons.Problem);
        EnvironmentDistribution environments = Neurons.CreateEnvironments(weights ?? Weights);
        return algorithm switch
        {
            "HeteroSGD" => new HeteroBatch<T>(signals, environments, source, options),
            "PooledSGD" => new PooledBatch<T>(signals, environments, source, options),
            _ => new FullBatch<T>(signals, environments, source, options),
        };
    }

    private static Trainer<T> Create<T>(string algorithm, bool stored, TraceKind trace, TrainingOptions options, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(
            Batch<T>(algorithm, Source<T>(algorithm, stored, options, team), options), options, team, new TrainingParts<T> { UpdateRule = new Shrinkage<T>(new Sgd<T>(), trace) });

    private static double Squared(ReadOnlyMatrixSpan<double> neurons, int column, double[] x)
    {
        double inner = 0;
        for (int i = 0; i < D; i++)
        {
            inner += neurons[i, column] * x[i];
        }

        return inner * inner;
    }

    private static double Length(ReadOnlyMatrixSpan<double> neurons, int column)
    {
        double squares = 0;
        for (int i = 0; i < D; i++)
        {
            squares += neurons[i, column] * neurons[i, column];
        }

        return squares;
    }

    private static double NormOfSignals(double[] weights)
    {
        double[] square = new double[D * D], values = new double[D];
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                for (int k = 0; k < 2; k++)
                {
                    square[(i * D) + j] += (Neurons.Invariant[i, k] * Neurons.Invariant[j, k]) + (weights[k] * Neurons.Variant[i, k] * Neurons.Variant[j, k]);
                }
            }
        }

        SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<double>(square, D, D), values.AsSpan());
        return Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
    }
}
