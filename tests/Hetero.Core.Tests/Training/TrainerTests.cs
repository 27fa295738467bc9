using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

public class TrainerTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };

    [Fact]
    public void DivergenceIsATypedOutcomeAndEndsTheRun()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options with { InitialScale = 1, StepSize = StepSizeSchedule.Constant(3) });
        TrajectoryRecorder<double> recorder = new(trainer, 500);
        TrainingOutcome outcome = trainer.Run(500, recorder);
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.InRange(outcome.Step, 1, 499);
        Assert.True(trainer.HasDiverged);
        Assert.Equal(outcome.Step - 1, recorder.Trajectory.Rows[^1].Step);
        foreach (TrajectoryRow row in recorder.Trajectory.Rows)
        {
            Assert.True(double.IsFinite(row.Error) && double.IsFinite(row.Signal) && double.IsFinite(row.Spurious));
        }

        Assert.Equal(outcome, trainer.Run(5));
        Assert.Equal(TrainingStatus.Diverged, trainer.Advance());
    }

    [Fact]
    public void SinglePrecisionDivergesWithoutGarbage()
    {
        Trainer<float> trainer = Runs.Create<float>("HeteroSGD", "regenerated", Options with { InitialScale = 1, StepSize = StepSizeSchedule.Constant(1e30) });
        Assert.Equal(TrainingStatus.Diverged, trainer.Run(10).Status);
    }

    // One environment and k = r1: the error falls to round-off, and residuals whose largest entry is negative come by on the way.
    [Theory]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    [InlineData("stored")]
    [InlineData("population")]
    public void ARunThatConvergesEndsAtRoundOff(string kind)
    {
        Check<double>(kind, 1e-13);
        Check<float>(kind, 1e-4);

        static void Check<T>(string kind, double expected)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            TrainingOptions options = Options with { Samples = 400, FactorColumns = 1, InitialScale = 0.1, StepSize = StepSizeSchedule.Constant(0.1) };
            HeteroSgd<T> trainer = new(
                SensingProblem.Create(6, 1, 1, 1, SubspaceLayout.Orthogonal), DiagonalEnvironments.TwoPoint(1, 0, 0), Runs.Source<T>(kind, 6, 400, 1), options);
            TrajectoryRecorder<T> recorder = new(trainer, 1500);
            Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 1500), trainer.Run(1500, recorder));
            Assert.InRange(recorder.Trajectory.Rows[^1].PooledError, 0, expected);
        }
    }

    // Signals far beyond what fits below the threshold of divergence, and far below 1: a typed outcome, never an exception.
    [Theory]
    [MemberData(nameof(Runs.All), MemberType = typeof(Runs))]
    public void SignalsOfAnySizeGiveATypedOutcome(string algorithm, string kind)
    {
        Check<double>([-300, -100, -30, 20, 28, 100]);
        Check<float>([-37, -30, -20, 20, 28]);

        void Check<T>(int[] powers)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            foreach (int power in powers)
            {
                double size = double.Parse($"1e{power}", System.Globalization.CultureInfo.InvariantCulture);
                TrainingOptions options = Options with { InitialScale = power < 0 ? Math.Sqrt(size) : 1, NoiseDeviation = power < 0 ? 0 : size / 3 };
                Trainer<T> trainer = Runs.Create<T>(algorithm, kind, options, SensingProblem.Create(7, 2, 2, 3, eigenvalues: [size, size / 2]));
                TrainingOutcome outcome = trainer.Run(3);
                Assert.Equal(power < 0 ? TrainingStatus.Completed : TrainingStatus.Diverged, outcome.Status);
                Assert.Equal(power < 0, trainer.Factor.Data.ToArray().All(T.IsFinite) && !trainer.HasDiverged);
            }
        }
    }

    [Fact]
    public void CancellingStopsBetweenSteps()
    {
        using CancellationTokenSource source = new();
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        TrainingOutcome outcome = trainer.Run(100, progress: new CancelAt(7, source), cancellation: source.Token);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Cancelled, 7), outcome);
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, 10), trainer.Run(3));
    }

    // A step over explicit samples may take minutes: cancelling gives it up, and the iterate is what it was.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void CancellingGivesUpAStep(int degree)
    {
        using Hetero.Core.Numerics.WorkerTeam team = new(degree);
        using CancellationTokenSource source = new();
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "regenerated", Options with { Samples = 500 }, team: team);
        trainer.Run(2);
        double[] before = trainer.Factor.Data.ToArray();
        Trainer<double> same = Runs.Create<double>("HeteroSGD", "regenerated", Options with { Samples = 500 });
        same.Run(4);
        trainer.Run(1, cancellation: new CancellationToken(true));
        Assert.Equal(before, trainer.Factor.Data.ToArray());
        MeasurementSource<double> measurements = new RegeneratedMeasurements<double>(7, 1, team) { Cancellation = new CancellationToken(true) };
        Assert.Throws<OperationCanceledException>(() => measurements.Accumulate(new SampleGroup<double> { Step = 0, Count = 500, Scale = 1 }, new double[28], new double[28]));
        trainer.Run(2);
        Assert.Equal(same.Factor.Data.ToArray(), trainer.Factor.Data.ToArray());
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
    public void BadInputIsNamed()
    {
        SensingProblem problem = Runs.Problem();
        PopulationMeasurements<double> source = new(7);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 1, 2);
        HeteroSgd<double> Create(TrainingOptions options) => new(problem, environments, source, options);
        void Refused(TrainingOptions options, string name)
            => Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => Create(options)).Message, StringComparison.Ordinal);

        Refused(Options with { Samples = 0 }, "options.Samples");
        Refused(Options with { GradientScale = double.NaN }, "options.GradientScale");
        Refused(Options with { InitialScale = 0 }, "options.InitialScale");
        Refused(Options with { NoiseDeviation = -1 }, "options.NoiseDeviation");
        Refused(Options with { FactorColumns = 8 }, "options.FactorColumns");
        Refused(Options with { FactorColumns = 0 }, "options.FactorColumns");
        Refused(Options with { FactorColumns = 3, Start = StartKind.Identity }, "options.Start");
        Assert.Throws<ArgumentOutOfRangeException>(() => StepSizeSchedule.Constant(-0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepSizeSchedule.Constant(double.NaN));
        Assert.Throws<ArgumentException>(() => StepSizeSchedule.Piecewise((1, 0.1)));
        Assert.Throws<ArgumentException>(() => StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2), (5, 0.3)));
        Assert.Throws<ArgumentException>(() => new HeteroSgd<double>(problem, DiagonalEnvironments.TwoPoint(1, 1, 2), source, Options));
        Assert.Throws<ArgumentException>(() => new HeteroSgd<double>(problem, environments, new PopulationMeasurements<double>(8), Options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PooledSgd<double>(problem, DiagonalEnvironments.TwoPoint(2, 1, 2, ownDraws: true), new ExactLawMeasurements<double>(7, 1), Options with { Samples = 3 }));
        Assert.Throws<ArgumentException>(() => new PooledGd<double>(problem, DiagonalEnvironments.Uniform(2, 1, 2), new StoredMeasurements<double>(7, 20, 1), Options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PooledGd<double>(problem, environments, new StoredMeasurements<double>(7, 20, 1), Options));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(Options).Run(-1));
    }

    [Fact]
    public void SchedulesHoldFromTheirSteps()
    {
        StepSizeSchedule schedule = StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2), (9, 0.05));
        Assert.Equal([0.1, 0.1, 0.2, 0.2, 0.05, 0.05], new[] { 0, 4, 5, 8, 9, 1000 }.Select(schedule.At));
    }

    // One number beyond the threshold decides: with A* + A^(e) = λI the step is U = uI ← (1 + η(λ − u²))·uI, and λ makes ‖U‖_F² = 2u² what it shall be.
    [Theory]
    [InlineData(0.999999, TrainingStatus.Completed)]
    [InlineData(1.000001, TrainingStatus.Diverged)]
    public void TheThresholdIsTheStatedOne(double factor, TrainingStatus expected)
    {
        const double Square = 0.25e12, StepSize = 1e-13;
        double growth = Math.Sqrt(factor * 1e12 / 2 / Square), eigenvalue = Square + ((growth - 1) / StepSize);
        SensingProblem problem = SensingProblem.Create(2, 1, 1, 1, SubspaceLayout.Orthogonal, eigenvalues: [eigenvalue]);
        HeteroSgd<double> trainer = new(
            problem,
            DiagonalEnvironments.TwoPoint(1, eigenvalue, 0),
            new PopulationMeasurements<double>(2),
            Options with { InitialScale = Math.Sqrt(Square), StepSize = StepSizeSchedule.Constant(StepSize) });
        Assert.Equal(expected, trainer.Run(1).Status);
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

    [Fact]
    public void MoreSamplesThanAreStoredAreRefused()
    {
        SensingProblem problem = Runs.Problem();
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 1, 2);
        foreach (RowOrder order in new[] { RowOrder.Shuffled, RowOrder.InTurn })
        {
            ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
                () => new HeteroSgd<double>(problem, environments, new StoredMeasurements<double>(7, 20, 1, order: order), Options with { Samples = 21 }));
            Assert.Equal("options.Samples", refusal.ParamName);
            Assert.Contains("'options.Samples' is 21; accepted is at most 20, the stored samples of a set", refusal.Message, StringComparison.Ordinal);
        }

        StoredMeasurements<double> drawn = new(7, 20, 1, order: RowOrder.WithReplacement);
        Assert.Equal(TrainingStatus.Completed, new PooledSgd<double>(problem, environments, drawn, Options with { Samples = 210 }).Run(3).Status);
    }

    [Fact]
    public void WhatSinglePrecisionRoundsAwayIsRefused()
    {
        void Refused(TrainingOptions options, string name)
            => Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => Runs.Create<float>("HeteroSGD", "population", options)).Message, StringComparison.Ordinal);

        Refused(Options with { InitialScale = 1e-60 }, "options.InitialScale");
        Refused(Options with { StepSize = StepSizeSchedule.Constant(1e-60) }, "options.StepSize");
        Refused(Options with { StepSize = StepSizeSchedule.Constant(1e30), GradientScale = 1e30 }, "options.StepSize");
        Refused(Options with { PooledSampling = (PooledSampling)7, Start = (StartKind)9 }, "options.Start");
        Assert.Throws<ArgumentOutOfRangeException>(() => SensingProblem.Create(5, 1, 1, 1, (SubspaceLayout)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiagonalEnvironments.TwoPoint(1, -1e308, 1e308));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepSizeSchedule.Constant(1).At(-1));
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

    private sealed class CancelAt(int step, CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == step)
            {
                source.Cancel();
            }
        }
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
