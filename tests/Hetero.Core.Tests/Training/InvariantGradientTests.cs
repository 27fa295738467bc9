using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What a step's own samples say of A* alone: (1/m) Σ ⟨X_i, M − A*⟩X_i.</summary>
[Collection(Allocations.Collection)]
public class InvariantGradientTests
{
    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 48, InitialScale = 0.3, NoiseDeviation = 0.05, GradientScale = 2 };

    public static TheoryData<string> Kinds() => [.. Runs.Kinds, .. Runs.MiniBatches];

    // An operator applies the same X_i when it is asked for the same step; a draw has them in one call alone, which this one repeats with a source of its own.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ItIsThatOfTheSamplesOfTheStep(string kind)
    {
        SensingProblem problem = Runs.Problem();
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", kind, Options, problem);
        MeasurementSource<double> source = Runs.Source<double>(kind, problem.Dimension, 48, Options.Seed);
        trainer.RequestInvariantGradient();
        double[] before = trainer.Estimate.ToArray(), signal = trainer.Signals.Signal.ToArray();
        Kept<double> kept = new();
        for (int step = 0; step < 5; step++)
        {
            trainer.Run(1, kept);
            double[] common = [.. before.Zip(signal, (product, target) => product - target)], residual = (double[])common.Clone();
            trainer.Signals.AddSpurious(kept.Sigma, -1, residual);
            int p = common.Length;
            double[] results = new double[2 * p];
            SampleGroup<double> group = new() { Step = step, Count = 48, BatchSize = 48, Scale = 1.0 / 48 };
            if (source.IsOperator)
            {
                source.Accumulate(in group, common, results.AsSpan(p));
            }
            else
            {
                source.Accumulate(group with { NoiseDeviation = 0.05 }, [.. residual, .. common], results);
            }

            Assert.InRange(TensorPrimitives.Distance(results.AsSpan(p), kept.Gradient), 0, 1e-12 * TensorPrimitives.Norm<double>(common));
            Assert.True(kind == "population" || TensorPrimitives.Distance<double>(common, kept.Gradient) > 0.01);
            before = trainer.Estimate.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AskingChangesNoBitAndAllocatesNothingAStep(string kind)
    {
        Check<double>(kind);
        Check<float>(kind);

        static void Check<T>(string kind)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> trainer = Runs.Create<T>("HeteroSGD", kind, Options), other = Runs.Create<T>("HeteroSGD", kind, Options);
            trainer.RequestInvariantGradient();
            trainer.RequestInvariantGradient();
            Assert.Equal(0, Allocations.Of(() => trainer.Run(3)));
            other.Run(trainer.Step);
            Assert.True(Data.SameBits(trainer.Parameters, other.Parameters));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SameBitsOnAnyTeam(string kind)
    {
        double[] alone = GradientAfter(5, kind, null);
        foreach (int degree in new[] { 2, 3, 8 })
        {
            using WorkerTeam team = new(degree);
            Assert.Equal(alone, GradientAfter(5, kind, team));
        }

        static double[] GradientAfter(int steps, string kind, WorkerTeam? team)
        {
            Trainer<double> trainer = Runs.Create<double>("HeteroSGD", kind, Options, team: team);
            trainer.RequestInvariantGradient();
            Kept<double> kept = new();
            trainer.Run(steps, kept);
            return kept.Gradient;
        }
    }

    [Fact]
    public void WithoutAskingThereIsNone()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        Kept<double> kept = new();
        trainer.Run(2, kept);
        Assert.Empty(kept.Gradient);
    }

    [Fact]
    public void BatchesThatCannotMakeItRefuse()
    {
        foreach (string algorithm in Runs.Algorithms.Where(name => name != "HeteroSGD"))
        {
            Trainer<double> trainer = Runs.Create<double>(algorithm, "exact-law", Options);
            string message = Assert.Throws<InvalidOperationException>(trainer.RequestInvariantGradient).Message;
            Assert.Contains("one environment of known signals", message, StringComparison.Ordinal);
        }

        Trainer<double> truncated = Runs.Create<double>("HeteroSGD", "regenerated", Options with { TruncationLevel = 3 });
        Assert.Throws<InvalidOperationException>(truncated.RequestInvariantGradient);
        SignalModel<double> signals = new(Runs.Problem());
        PooledBatch<double> batch = new(signals, DiagonalEnvironments.TwoPoint(2, 1, 3), new PopulationMeasurements<double>(7), Options);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => batch.ComputeGradient(new()
        {
            Step = 0, Product = new double[28], Gradient = new double[28], PopulationGradient = new double[28], InvariantGradient = new double[28],
        }));
        Assert.Contains("'step.InvariantGradient' is given", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryThatDoesNotFitIsRefused()
    {
        HeteroBatch<double> batch = new(new SignalModel<double>(Runs.Problem()), DiagonalEnvironments.TwoPoint(2, 1, 3), new PopulationMeasurements<double>(7), Options);
        double[] product = new double[28], gradient = new double[28], mean = new double[28];
        void Refuses(double[] wanted) => Assert.Contains(
            "step.InvariantGradient",
            Assert.ThrowsAny<ArgumentException>(() => batch.ComputeGradient(new()
            {
                Step = 0, Product = product, Gradient = gradient, PopulationGradient = mean, InvariantGradient = wanted,
            })).Message,
            StringComparison.Ordinal);
        Refuses(new double[27]);
        Refuses(new double[29]);
        Refuses(product);
        Refuses(gradient);
        Refuses(mean);
    }

    /// <summary>Keeps the last gradient and environment.</summary>
    private sealed class Kept<T> : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T[] Gradient { get; private set; } = [];

        public double[] Sigma { get; private set; } = [];

        public void Observe(in TrainingSnapshot<T> snapshot) => (Gradient, Sigma) = (snapshot.InvariantGradient.ToArray(), snapshot.Environment.ToArray());
    }
}
