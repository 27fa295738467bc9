using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

public class TrainerTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };

    // Whatever went before that made no step: an observer that has not seen the start sees it.
    [Theory]
    [InlineData("none")]
    [InlineData("no steps")]
    [InlineData("cancelled")]
    [InlineData("thrown")]
    [InlineData("restored")]
    public void TheStartIsShownOnceToEachObserver(string before)
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        using MemoryStream start = new();
        trainer.Save(start);
        TrajectoryRecorder<double> recorder = new(trainer, 3);
        switch (before)
        {
            case "no steps":
                trainer.Run(0);
                break;
            case "cancelled":
                trainer.Run(3, cancellation: new CancellationToken(true));
                break;
            case "thrown":
                Assert.Throws<FormatException>(() => trainer.Run(3, new Thrower()));
                break;
            case "restored":
                trainer.Run(2, new TrajectoryRecorder<double>(trainer, 3));
                start.Position = 0;
                trainer.Restore(start);
                break;
        }

        trainer.Run(0, recorder);
        trainer.Run(1, recorder);
        trainer.Run(2, recorder);
        Assert.Equal([0, 1, 2, 3], recorder.Trajectory.Rows.ToArray().Select(row => row.Step));
    }

    private sealed class Thrower : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot) => throw new FormatException();
    }

    // Its pooled error would be that to another environment's mean.
    [Fact]
    public void ARecorderTakesItsOwnTrainerOnly()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options), other = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        Assert.Equal("snapshot", Assert.Throws<ArgumentException>(() => other.Run(1, new TrajectoryRecorder<double>(trainer, 1))).ParamName);
        Assert.Equal("snapshot", Assert.Throws<ArgumentException>(() => other.Run(1, new DynamicsRecorder<double>(trainer, 1))).ParamName);
    }

    [Fact]
    public void ObserversSeeTheStepThatLedToTheIterate()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options with { InitialScale = 0.3 });
        Checker checker = new();
        trainer.Run(12, checker);
        Assert.Equal(13, checker.Seen);
    }

    [Theory]
    [InlineData("HeteroSGD")]
    [InlineData("PooledSGD")]
    [InlineData("PooledSGD mixture")]
    [InlineData("PooledGD")]
    public void ManySamplesApproachThePopulation(string algorithm)
    {
        // The gradient's deviation is of size ‖D‖·√(p/m): with m = 10⁸ below 1e-3 relative, 6 standard errors included.
        // A mixture has coefficients for every sample: with stratified scalars and 10⁶ samples within the same bound.
        long samples = algorithm == "PooledSGD mixture" ? 1_000_000 : 100_000_000;
        Trainer<double> exact = Runs.Create<double>(algorithm, "exact-law", Options with { Samples = samples, InitialScale = 0.3 });
        Trainer<double> population = Runs.Create<double>(algorithm, "population", Options with { InitialScale = 0.3 });
        int steps = algorithm == "PooledSGD mixture" ? 4 : 20;
        exact.Run(steps);
        population.Run(steps);
        for (int i = 0; i < exact.Factor.Data.Length; i++)
        {
            Assert.Equal(population.Factor.Data[i], exact.Factor.Data[i], 2e-3);
        }
    }

    [Fact]
    public void SingleAndDoubleAgreeToSinglePrecision()
    {
        Trainer<float> single = Runs.Create<float>("HeteroSGD", "population", Options with { InitialScale = 0.3 });
        Trainer<double> full = Runs.Create<double>("HeteroSGD", "population", Options with { InitialScale = 0.3 });
        single.Run(30);
        full.Run(30);
        for (int i = 0; i < full.Factor.Data.Length; i++)
        {
            Assert.Equal(full.Factor.Data[i], single.Factor.Data[i], 1e-5);
        }
    }

    [Fact]
    public void SchedulesHoldFromTheirSteps()
    {
        StepSizeSchedule schedule = StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2), (9, 0.05));
        Assert.Equal([0.1, 0.1, 0.2, 0.2, 0.05, 0.05], new[] { 0, 4, 5, 8, 9, 1000 }.Select(schedule.At));
    }

    [Fact]
    public void TheStartIsShownOnce()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "population", Options);
        TrajectoryRecorder<double> recorder = new(trainer, 3);
        trainer.Run(0, recorder);
        trainer.Run(0, recorder);
        trainer.Run(3, recorder);
        Assert.Equal([0, 1, 2, 3], recorder.Trajectory.Rows.ToArray().Select(row => row.Step));
    }

    // The start's frame is the Initialization stream's, not that of the signals, whose span it must not know.
    [Fact]
    public void TheFrameHasAStreamOfItsOwn()
    {
        SensingProblem problem = Runs.Problem();
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "population", Options with { Seed = 3, FactorColumns = 2, InitialScale = 2 }, problem);
        double[] frame = HaarFrame.Draw(new Hetero.Core.Random.RandomStream(3, Hetero.Core.Random.StreamPurpose.Initialization), 7, 2);
        Assert.Equal([.. frame.Select(value => 2 * value)], trainer.Factor.Data.ToArray());
        Assert.NotEqual(frame[0], problem.InvariantBasis[0, 0]);
    }

    // What pooled training descends in the mean is the residual at the mean environment; what HeteroSGD descends, that of its environment.
    [Theory]
    [InlineData("HeteroSGD")]
    [InlineData("PooledSGD")]
    [InlineData("PooledSGD mixture")]
    [InlineData("PooledGD")]
    public void ThePopulationGradientIsTheMeanResidual(string algorithm)
    {
        SensingProblem problem = Runs.Problem();
        Trainer<double> trainer = Runs.Create<double>(algorithm, "exact-law", Options with { InitialScale = 0.3 }, problem);
        double[] before = new double[28], sigma = new double[4];
        for (int i = 0; i < 7; i++)
        {
            before[Svec.Length(i + 1) - 1] = 0.3 * 0.3;
        }

        Gradients gradients = new();
        trainer.Run(1, gradients);
        trainer.Environments.CopyMean(sigma);
        if (algorithm == "HeteroSGD")
        {
            trainer.Environments.CopyMatrix((int)gradients.Label[0], sigma);
            Assert.Equal(sigma, gradients.Sigma);
        }

        SignalModel<double> signals = new(problem);
        for (int i = 0; i < before.Length; i++)
        {
            before[i] -= signals.Signal[i];
        }

        signals.AddSpurious(sigma, -1, before);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i], gradients.Population[i], 1e-14);
        }
    }

    // Stored and noisy responses are the same in every step, on both sides of the number of patterns where the cheaper form starts.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void StoredResponsesKeepTheirNoise(int rank)
    {
        SensingProblem problem = SensingProblem.Create(12, 1, rank, 1);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(rank, 0.5, 1, ownDraws: true);
        PooledSgd<double> trainer = new(
            problem, environments, new StoredMeasurements<double>(12, 64, 1), Options with { Samples = 64, NoiseDeviation = 1, StepSize = StepSizeSchedule.Constant(1e-300) });
        Gradients first = new(), second = new();
        trainer.Run(1, first);
        trainer.Run(1, second);
        Assert.Equal(first.Gradient, second.Gradient);
    }

    // 500 rows in batches of 100: where the iterate stays, the gradients of the five batches of an epoch have the mean of all rows' gradient.
    [Theory]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.InTurn)]
    public void AnEpochOfMiniBatchesSeesAllRows(RowOrder order)
    {
        SensingProblem problem = Runs.Problem();
        FiniteEnvironments environments = new(2, [[1, 0.3, 0.3, -2]]);
        TrainingOptions options = Options with { Samples = 100, InitialScale = 0.5, NoiseDeviation = 0.3, StepSize = StepSizeSchedule.Constant(1e-300) };
        HeteroSgd<double> whole = new(problem, environments, new StoredMeasurements<double>(7, 500, 1), options with { Samples = 500 });
        HeteroSgd<double> parts = new(problem, environments, new StoredMeasurements<double>(7, 500, 1, order: order), options);
        Gradients all = new(), part = new();
        whole.Run(1, all);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            double[] mean = new double[28];
            for (int batch = 0; batch < 5; batch++)
            {
                parts.Run(1, part);
                Assert.NotEqual(all.Gradient, part.Gradient);
                mean = [.. mean.Zip(part.Gradient, (sum, entry) => sum + (entry / 5))];
            }

            Assert.All(mean.Zip(all.Gradient), pair => Assert.Equal(pair.Second, pair.First, 1e-13));
        }
    }

    // Own rows in sets are what drawn sets are.
    [Fact]
    public void PooledGdDescendsOnOwnRows()
    {
        EnvironmentDistribution environments = Runs.Environments("PooledGD");
        StoredMeasurements<double> drawn = new(7, 20, 1, sets: 3);
        double[] rows = new double[3 * 20 * 28];
        for (int row = 0; row < 60; row++)
        {
            drawn.CopySample(row, rows.AsSpan(28 * row, 28));
        }

        double[][] factors = [.. new[] { drawn, new StoredMeasurements<double>(7, rows, 1, sets: 3) }.Select(source =>
        {
            PooledGd<double> trainer = new(Runs.Problem(), environments, source, Options with { NoiseDeviation = 0.1, InitialScale = 0.3 });
            trainer.Run(5);
            return trainer.Factor.Data.ToArray();
        })];
        Assert.Equal(factors[0], factors[1]);
    }

    private sealed class Gradients : ITrainingObserver<double>
    {
        public double[] Gradient { get; private set; } = [];

        public double[] Population { get; private set; } = [];

        public double[] Sigma { get; private set; } = [];

        public double[] Label { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
            => (Gradient, Population, Sigma, Label) = (
                snapshot.Gradient.ToArray(), snapshot.PopulationGradient.ToArray(), snapshot.Environment.ToArray(), snapshot.EnvironmentLabel.ToArray());
    }

    private sealed class Checker : ITrainingObserver<double>
    {
        private double[] _before = [];

        public int Seen { get; private set; }

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            Assert.Equal(Seen++, snapshot.Step);
            int d = snapshot.Factor.Rows, k = snapshot.Factor.Columns;
            double[] square = new double[d * d];
            Assert.Equal(snapshot.Step == 0, snapshot.Gradient.IsEmpty);
            Assert.Equal(snapshot.Step == 0, snapshot.Environment.IsEmpty);
            if (snapshot.Step > 0)
            {
                // U_t = U_{t−1} − η·G·U_{t−1} with the gradient that is shown.
                Svec.Unpack(snapshot.Gradient, new MatrixSpan<double>(square, d, d));
                for (int i = 0; i < d; i++)
                {
                    for (int j = 0; j < k; j++)
                    {
                        double step = 0;
                        for (int l = 0; l < d; l++)
                        {
                            step += square[(i * d) + l] * _before[(l * k) + j];
                        }

                        Assert.Equal(_before[(i * k) + j] - (0.05 * step), snapshot.Factor[i, j], 1e-14);
                    }
                }
            }

            Svec.Unpack(snapshot.Product, new MatrixSpan<double>(square, d, d));
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    double sum = 0;
                    for (int c = 0; c < k; c++)
                    {
                        sum += snapshot.Factor[i, c] * snapshot.Factor[j, c];
                    }

                    Assert.Equal(sum, square[(i * d) + j], 1e-14);
                }
            }

            _before = snapshot.Factor.Data.ToArray();
        }
    }
}
