using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>How a run ends: completed, cancelled or diverged, and never otherwise.</summary>
public class TrainerOutcomeTests
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
        RegeneratedMeasurements<double> measurements = new(7, 1, team);
        SampleGroup<double> group = new() { Step = 0, Count = 500, Scale = 1 };
        Assert.Throws<OperationCanceledException>(() => measurements.Accumulate(in group, new double[28], new double[28], new CancellationToken(true)));
        trainer.Run(2);
        Assert.Equal(same.Factor.Data.ToArray(), trainer.Factor.Data.ToArray());
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
}
