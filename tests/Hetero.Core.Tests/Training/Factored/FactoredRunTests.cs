using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Factored;

/// <summary>Runs that never form a d×d matrix: the same numbers as those that do, at dimensions where none fits.</summary>
[Collection(Allocations.Collection)]
public class FactoredRunTests
{
    private const int D = 30;
    private static readonly SensingProblem Problem = SensingProblem.Create(D, 3, 2, 5, eigenvalues: [1, 0.5, 2]);
    private static readonly EnvironmentDistribution Law = DiagonalEnvironments.TwoPoint(2, 1, 4, ownDraws: true);
    private static readonly TrainingOptions Options = new() { Seed = 5, Samples = 400, FactorColumns = 6, InitialScale = 0.05, StepSize = StepSizeSchedule.Constant(0.02) };

    public static TheoryData<string> Algorithms => ["HeteroSGD", "HeteroSGD, share", "PooledSGD", "PooledGD", "PooledGD, continuous"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void ItIsTheRunInCoordinates(string algorithm)
    {
        Trainer<double> expected = Create(algorithm, new PopulationMeasurements<double>(D));
        Trainer<double> factored = Create(algorithm, new FactoredPopulationMeasurements<double>(D));
        double[] start = factored.Parameters.ToArray();
        for (int step = 0; step < 80; step++)
        {
            Assert.Equal(TrainingStatus.Completed, factored.Advance());
            expected.Advance();
            AssertNear(expected.Parameters, factored.Parameters, 1e-12);
        }

        // Each run has gone far from its start, so that equal numbers say something.
        Assert.True(start.Zip(factored.Parameters.ToArray()).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.05);
    }

    // At m = ∞ samples of several groups add up to the mean: a source that scales by the number of samples makes the same run by groups.
    [Theory]
    [InlineData("PooledSGD")]
    [InlineData("HeteroSGD, share")]
    public void GroupsOfEveryEnvironmentAddUp(string algorithm)
    {
        Trainer<double> expected = Create(algorithm, new FactoredPopulationMeasurements<double>(D)), groups = Create(algorithm, new Counting(D));
        for (int step = 0; step < 20; step++)
        {
            expected.Advance();
            Assert.Equal(TrainingStatus.Completed, groups.Advance());
            AssertNear(expected.Parameters, groups.Parameters, 1e-12);
        }
    }

    // Infinitely many environments have the mean itself, whatever the source would draw: not one sample of a source that counts them.
    [Fact]
    public void TheMeanOverAContinuousLawIsNoDraw()
    {
        Trainer<double> expected = Create("PooledGD, continuous", new FactoredPopulationMeasurements<double>(D)), own = Create("PooledGD, continuous", new Counting(D, 3));
        expected.Run(5);
        own.Run(5);
        Assert.Equal(expected.Parameters, own.Parameters);
    }

    [Fact]
    public void SinglePrecisionIsNear()
    {
        HeteroSgd<float> expected = new(Problem, Law, new PopulationMeasurements<float>(D), Options), factored = new(Problem, Law, new FactoredPopulationMeasurements<float>(D), Options);
        expected.Run(40);
        factored.Run(40);
        AssertNear(Array.ConvertAll(expected.Parameters.ToArray(), x => (double)x), Array.ConvertAll(factored.Parameters.ToArray(), x => (double)x), 1e-4);
    }

    // G·[U, U*, V*] by plain loops over D.
    [Fact]
    public void APanelIsDTimesItsColumns()
    {
        const int Columns = 6 + 3 + 2;
        SignalModel<double> signals = SignalModel<double>.Factored(Problem);
        double[] factor = Data.Uniform<double>(D * 6, 3), sigma = [1.5, -0.25, -0.25, 3], d = new double[D * D], result = Data.Uniform<double>(D * Columns, 4), expected = [.. result];
        ReadOnlyMatrixSpan<double> u = new(factor, D, 6), us = Problem.InvariantBasis, vs = Problem.SpuriousBasis;
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                for (int a = 0; a < 6; a++)
                {
                    d[(i * D) + j] += u[i, a] * u[j, a];
                }

                for (int a = 0; a < 3; a++)
                {
                    d[(i * D) + j] -= Problem.Eigenvalues[a] * us[i, a] * us[j, a];
                }

                for (int a = 0; a < 4; a++)
                {
                    d[(i * D) + j] -= sigma[a] * vs[i, a / 2] * vs[j, a % 2];
                }
            }
        }

        for (int i = 0; i < D; i++)
        {
            for (int c = 0; c < Columns; c++)
            {
                for (int j = 0; j < D; j++)
                {
                    expected[(i * Columns) + c] += 0.5 * 3 * d[(i * D) + j] * (c < 6 ? u[j, c] : c < 9 ? us[j, c - 6] : vs[j, c - 9]);
                }
            }
        }

        SampleGroup<double> group = new() { Step = 0, Count = 3, Scale = 0.5 };
        FactoredResidual<double> residual = new()
        {
            Factor = u, InvariantBasis = signals.InvariantBasis, Eigenvalues = Problem.Eigenvalues, SpuriousBasis = signals.SpuriousBasis, Sigma = sigma,
        };
        new FactoredPopulationMeasurements<double>(D).AccumulatePanel(in group, in residual, new MatrixSpan<double>(result, D, Columns));
        AssertNear(expected, result, 1e-12);
    }

    [Fact]
    public void ThreadsAndASavedStateChangeNoBit()
    {
        using WorkerTeam team = new(3);
        HeteroSgd<double> whole = new(Problem, Law, new FactoredPopulationMeasurements<double>(D), Options);
        HeteroSgd<double> threads = new(Problem, Law, new FactoredPopulationMeasurements<double>(D, team), Options, team);
        whole.Run(12);
        threads.Run(5);
        using MemoryStream state = new();
        threads.Save(state);
        HeteroSgd<double> continued = new(Problem, Law, new FactoredPopulationMeasurements<double>(D), Options);
        continued.Advance();
        state.Position = 0;
        continued.Restore(state);
        continued.Run(7);
        threads.Run(7);
        Assert.Equal(whole.Parameters, threads.Parameters);
        Assert.Equal(whole.Parameters, continued.Parameters);

        // In coordinates the numbers are others by round-off, and so is the run.
        state.Position = 0;
        Assert.Throws<RunMismatchException>(() => new HeteroSgd<double>(Problem, Law, new PopulationMeasurements<double>(D), Options).Restore(state));
    }

    // A d×d matrix of 10¹⁰ numbers has 80 GB: no array holds one, and half of one is more than all that is allocated here by a factor of 500.
    [Fact]
    public void AHundredThousandDimensions()
    {
        const int Dimension = 100_000;
        TrainingOptions options = new() { Seed = 1, FactorColumns = 4, InitialScale = 1e-2, StepSize = StepSizeSchedule.Constant(0.05) };
        SensingProblem problem = SensingProblem.Create(Dimension, 1, 1, 1, SubspaceLayout.Orthogonal);
        EnvironmentDistribution law = DiagonalEnvironments.TwoPoint(1, 1, 8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        HeteroSgd<double> trainer = new(problem, law, new FactoredPopulationMeasurements<double>(Dimension), options, parts: new() { UpdateRule = new HeavyBall<double>(0.1) });
        trainer.Advance();
        long made = GC.GetAllocatedBytesForCurrentThread() - before;

        // The parts' sum and twice the frame that the start is drawn as, with its decomposition.
        long buffers = (long)trainer.BufferBytes;
        Assert.InRange(buffers, 3L * Dimension * 4 * sizeof(double), 9L * Dimension * 4 * sizeof(double));
        Assert.InRange(made, buffers, buffers + (5L * Dimension * 4 * sizeof(double)));
        Quiet quiet = new();
        Assert.Equal(0, Allocations.Of(() => trainer.Run(2, quiet)));
        trainer.Run(200 - trainer.Step, quiet);
        Decomposition<double> parts = new(problem, 4);
        parts.Compute(trainer.Factor, trainer.Signals);
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Norm(parts.Invariant.Data), 0.98, 1.02);
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Norm(parts.Spurious.Data), 0, 0.2);
    }

    private static Trainer<double> Create(string algorithm, MeasurementSource<double> source) => algorithm switch
    {
        "HeteroSGD" => new HeteroSgd<double>(Problem, Law, source, Options),
        "HeteroSGD, share" => new HeteroSgd<double>(Problem, Law, source, Options with { PooledShare = 0.25 }),
        "PooledSGD" => new PooledSgd<double>(Problem, Law, source, Options),
        "PooledGD" => new PooledGd<double>(Problem, Law, source, Options),
        _ => new PooledGd<double>(Problem, DiagonalEnvironments.Uniform(2, 1, 4), source, Options),
    };

    private static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] - expected[i], -tolerance, tolerance);
        }
    }

    /// <summary>Looks at nothing.</summary>
    private sealed class Quiet : ITrainingObserver<double>
    {
        public SnapshotParts Needs => SnapshotParts.None;

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
        }
    }

    /// <summary>A source of a user's that is not at m = ∞ by its own word: groups come with their numbers of samples.</summary>
    private sealed class Counting(int dimension, double scale = 1) : PanelMeasurements<double>(dimension)
    {
        private readonly FactoredPopulationMeasurements<double> _population = new(dimension);

        public override bool IsOperator => false;

        public override void Describe(PartDescription description, long batchSize) => description.Add("kind", "counting");

        protected override void AccumulatePanelCore(
            in SampleGroup<double> group, in FactoredResidual<double> residual, MatrixSpan<double> result, CancellationToken cancellation)
            => _population.AccumulatePanel(group with { Scale = scale * group.Scale }, in residual, result, cancellation);
    }
}
