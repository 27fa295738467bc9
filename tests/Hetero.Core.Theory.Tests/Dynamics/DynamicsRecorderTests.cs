using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Dynamics;

[Collection(Allocations.Collection)]
public class DynamicsRecorderTests
{
    public static TheoryData<string, string> All() => Runs.All();

    // With noise, a pooled share and a changing step size: whatever the gradient was, the terms are those of the step that was made.
    [Theory]
    [MemberData(nameof(All))]
    public void TheTermsAddUpToTheNextIterate(string algorithm, string kind)
    {
        Check<double>(algorithm, kind, 1e-14);
        Check<float>(algorithm, kind, 2e-6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void RecordingAllocatesNothingAndChangesNoBit(string algorithm, string kind)
    {
        TrainingOptions options = new() { Seed = 1, Samples = 40, NoiseDeviation = 0.1 };
        Trainer<double> trainer = Runs.Create<double>(algorithm, kind, options), other = Runs.Create<double>(algorithm, kind, options);
        DynamicsRecorder<double> recorder = new(trainer, 1000);
        Assert.Equal(0, Allocations.Of(() => trainer.Run(3, recorder)));
        other.Run(trainer.Step);
        Assert.True(Data.SameBits(trainer.Factor.Data, other.Factor.Data));
    }

    [Fact]
    public void PopulationHasNoRipErrorAndOrthogonalSubspacesNoInteraction()
    {
        SensingProblem problem = SensingProblem.Create(7, 2, 2, 3, SubspaceLayout.Orthogonal);
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "population", new TrainingOptions { Seed = 1, InitialScale = 0.1 }, problem);
        DynamicsRecorder<double> recorder = new(trainer, 20);
        trainer.Run(20, recorder);
        Assert.Equal(20, recorder.Rows.Length);
        foreach (DynamicsRow row in recorder.Rows)
        {
            foreach (SplitSizes sizes in new[] { row.Invariant, row.Spurious, row.Residual })
            {
                Assert.Equal(default, sizes.RipError);
                Assert.True(sizes.Interaction.Frobenius < 1e-14);
                Assert.Equal(sizes.Next.Operator, sizes.Main.Operator, 1e-14);
                Assert.Equal(sizes.Next.Frobenius, sizes.Main.Frobenius, 1e-14);
            }
        }
    }

    // 2D + tr(D)·I of rank-one measurements, the unknown mean of what is left after a cut, and what an objective makes of gradients are not the D that the terms are made of.
    [Fact]
    public void GradientsWhoseMeanIsNotTheResidualAreRefused()
    {
        SensingProblem problem = Runs.Problem();
        EnvironmentDistribution environments = DiagonalEnvironments.TwoPoint(2, 1, 2);
        TrainingOptions options = new() { Seed = 1, Samples = 60 };
        Trainer<double>[] refused =
        [
            new HeteroSgd<double>(problem, environments, new RankOneMeasurements<double>(7, 1), options),
            new PooledSgd<double>(problem, environments, new StoredRankOneMeasurements<double>(7, 60, 1), options),
            new PooledGd<double>(problem, environments, new RankOneMeasurements<double>(7, 1), options),
            new HeteroSgd<double>(problem, environments, new RegeneratedMeasurements<double>(7, 1), options with { TruncationLevel = 5 }),
            new PooledSgd<double>(problem, environments, new RegeneratedMeasurements<double>(7, 1), options with { TruncationLevel = 5 }),
            new PooledGd<double>(problem, environments, new RegeneratedMeasurements<double>(7, 1), options with { TruncationLevel = 5 }),
            new PooledGd<double>(problem, environments, new RegeneratedMeasurements<double>(7, 1), options, objective: new Only()),
        ];
        Assert.All(refused, trainer =>
        {
            Assert.False(trainer.HasResidualMean);
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => new DynamicsRecorder<double>(trainer, 3));
            Assert.Equal("trainer", refusal.ParamName);
            Assert.Contains("mean", refusal.Message, StringComparison.Ordinal);
        });
        Assert.True(new HeteroSgd<double>(problem, environments, new RegeneratedMeasurements<double>(7, 1), options).HasResidualMean);
    }

    [Fact]
    public void AStepBeyondTheLastOneIsRefused()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "population", new TrainingOptions { Seed = 1 });
        DynamicsRecorder<double> recorder = new(trainer, 3);
        trainer.Run(3, recorder);
        Assert.Contains("3 steps; it is shown step 4", Assert.Throws<InvalidOperationException>(() => trainer.Run(1, recorder)).Message, StringComparison.Ordinal);
        Assert.Equal(3, recorder.Rows.Length);
    }

    // The sizes are those of the terms, the environment is that of the step, the phase that of the schedule.
    [Fact]
    public void RowsAreOfTheirSteps()
    {
        TrainingOptions options = new() { Seed = 1, Samples = 60, InitialScale = 0.2, StepSize = StepSizeSchedule.Constant(0.1) };
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", options);
        DynamicsRecorder<double> recorder = new(trainer, 31, 10);
        TrajectoryRecorder<double> trajectory = new(trainer, 31);
        trainer.Run(31, new Both(recorder, trajectory));
        Assert.Equal([10, 20, 30, 31], recorder.Rows.ToArray().Select(row => row.Step));
        PhaseSchedule phases = PhaseSchedule.Create(0.1, 0.2);
        for (int i = 0; i < recorder.Rows.Length; i++)
        {
            DynamicsRow row = recorder.Rows[i];
            Assert.Equal(trajectory.Trajectory.GetEnvironmentLabel(row.Step).ToArray(), recorder.GetEnvironmentLabel(i).ToArray());
            Assert.Equal(trajectory.Trajectory.Rows[row.Step].Residual!.Value, row.Residual.Next.Frobenius, 1e-14);
            Assert.Equal(phases.PhaseOf(row.Step), row.Phase);
            Assert.True(row.Invariant.RipError.Operator is > 0 and < 1 && row.Invariant.RipError.Operator <= row.Invariant.RipError.Frobenius);
        }
    }

    [Fact]
    public void AContinuedRunHasNoRowForAStepWhoseStartWasNotSeen()
    {
        Trainer<double> trainer = Runs.Create<double>("PooledSGD", "exact-law", new TrainingOptions { Seed = 1, Samples = 60, InitialScale = 0.5 });
        trainer.Run(4);
        DynamicsRecorder<double> recorder = new(trainer, 7);
        trainer.Run(3, recorder);
        Assert.Equal([6, 7], recorder.Rows.ToArray().Select(row => row.Step));
        Assert.All(recorder.Rows.ToArray(), row => Assert.Null(row.Phase));
        Assert.True(recorder.GetEnvironmentLabel(0).IsEmpty);
    }

    [Fact]
    public void CsvHasAColumnForEveryNumberInInvariantCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", new TrainingOptions { Seed = 1, Samples = 60 });
            DynamicsRecorder<double> recorder = new(trainer, 5);
            trainer.Run(5, recorder);
            using StringWriter writer = new();
            DynamicsCsv.Write(recorder, writer);
            string[] lines = writer.ToString().Split('\n');
            Assert.Equal(7, lines.Length);
            Assert.Equal("", lines[^1]);
            string[] header = lines[0].Split(','), cells = lines[3].Split(',');
            Assert.Equal(header.Length, cells.Length);
            Assert.Equal(("3", "1"), (cells[0], cells[2]));
            DynamicsRow row = recorder.Rows[2];
            Assert.Equal(row.Invariant.Next.Operator, Cell("r_operator"));
            Assert.Equal(row.Spurious.Main.Frobenius, Cell("q_fluctuation_frobenius"));
            Assert.Equal(row.Residual.Interaction.Operator, Cell("e_interaction_operator"));
            Assert.Equal(row.Residual.RipError.Frobenius, Cell("e_rip_frobenius"));
            Assert.Equal(row.SplitError, Cell("split_error"));

            double Cell(string column) => double.Parse(cells[Array.IndexOf(header, column)], CultureInfo.InvariantCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Check<T>(string algorithm, string kind, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        TrainingOptions options = new()
        {
            Seed = 1,
            Samples = 40,
            NoiseDeviation = 0.1,
            InitialScale = 0.6,
            FactorColumns = 5,
            GradientScale = 2,
            StepSize = StepSizeSchedule.Piecewise((0, 0.05), (4, 0.01)),
        };
        Trainer<T> trainer = Runs.Create<T>(algorithm, kind, options);
        DynamicsRecorder<T> recorder = new(trainer, 8);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(8, recorder).Status);
        Assert.Equal(8, recorder.Rows.Length);
        Assert.All(recorder.Rows.ToArray(), row => Assert.InRange(row.SplitError, 0, tolerance));
    }

    private sealed class Both(ITrainingObserver<double> first, ITrainingObserver<double> second) : ITrainingObserver<double>
    {
        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            first.Observe(in snapshot);
            second.Observe(in snapshot);
        }
    }

    /// <summary>The first environment alone.</summary>
    private sealed class Only : Objective<double>
    {
        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += environments.GetGradient(0)[i];
            }
        }

        public override void Describe(PartDescription description)
        {
        }
    }
}
