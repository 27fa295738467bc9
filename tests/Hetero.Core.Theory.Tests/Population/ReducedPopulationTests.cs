using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Population;

/// <summary>The reduced dynamics against full runs at m = ∞, path by path.</summary>
public class ReducedPopulationTests
{
    [Theory]
    [InlineData(SubspaceLayout.Orthogonal, null)]
    [InlineData(SubspaceLayout.Random, null)]
    [InlineData(SubspaceLayout.PrescribedOverlap, null)]
    [InlineData(SubspaceLayout.Random, 1)]
    [InlineData(SubspaceLayout.Random, 4)]
    [InlineData(SubspaceLayout.Orthogonal, 19)]
    public void IsTheFullRun(SubspaceLayout layout, int? columns)
    {
        foreach (EnvironmentDistribution environments in new EnvironmentDistribution[]
        {
            DiagonalEnvironments.TwoPoint(2, 0.5, 5, ownDraws: true),
            new FiniteEnvironments(2, [[3, 1, 1, -2], [-4, -1, -1, 4]], [0.4, 0.6]),
        })
        {
            SensingProblem problem = SensingProblem.Create(
                20, 3, 2, 8, layout, layout == SubspaceLayout.PrescribedOverlap ? 0.6 : 0, [1, 0.7, 0.4]);
            TrainingOptions options = new() { Seed = 5, InitialScale = 0.05, FactorColumns = columns, GradientScale = 1.5 };
            HeteroSgd<double> trainer = new(problem, environments, new PopulationMeasurements<double>(20), options);
            ReducedPopulation reduced = columns is null
                ? ReducedPopulation.FromIdentity(problem, 0.05)
                : ReducedPopulation.FromFactor(problem, trainer.Factor);
            TrajectoryRecorder<double> recorder = new(trainer, 120);
            trainer.Run(120, recorder);
            reduced.RunHetero(environments, options, 120, step =>
            {
                TrajectoryRow row = recorder.Trajectory.Rows[step];
                Assert.Equal(row.Signal, reduced.SignalShare, 1e-9);
                Assert.Equal(row.Spurious, reduced.SpuriousShare, 1e-9);
                Assert.Equal(row.Error, reduced.Error, 1e-9);
            });
        }
    }

    [Fact]
    public void FollowsTheOrderAndThePooledShare()
    {
        SensingProblem problem = SensingProblem.Create(20, 3, 2, 8, SubspaceLayout.Random);
        OffDiagonalEnvironments environments = new(DiagonalEnvironments.TwoPoint(2, 0.5, 5, ownDraws: true), 2);
        foreach (EnvironmentOrder order in new[] { EnvironmentOrder.Cyclic, EnvironmentOrder.Shuffled, EnvironmentOrder.Blocks(7) })
        {
            TrainingOptions options = new() { Seed = 5, InitialScale = 0.05, EnvironmentOrder = order, PooledShare = 0.35 };
            HeteroSgd<double> trainer = new(problem, environments, new PopulationMeasurements<double>(20), options);
            TrajectoryRecorder<double> recorder = new(trainer, 120);
            trainer.Run(120, recorder);
            ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, 0.05);
            reduced.RunHetero(environments, options, 120, step => Assert.Equal(recorder.Trajectory.Rows[step].Spurious, reduced.SpuriousShare, 1e-9));
        }
    }

    [Fact]
    public void PooledTrainingIsTheMeanEnvironment()
    {
        SensingProblem problem = SensingProblem.Create(15, 2, 2, 8);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 0.5, 4);
        PooledGd<double> trainer = new(problem, environments, new PopulationMeasurements<double>(15), new TrainingOptions { Seed = 1 });
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, 1e-3);
        double[] mean = new double[4];
        environments.CopyMean(mean);
        trainer.Run(300);
        for (int step = 0; step < 300; step++)
        {
            reduced.Step(mean, 0.05);
        }

        TrajectoryRecorder<double> recorder = new(trainer, 301);
        trainer.Run(1, recorder);
        reduced.Step(mean, 0.05);
        Assert.Equal(recorder.Trajectory.Rows[^1].Spurious, reduced.SpuriousShare, 1e-9);
        reduced.Reset();
        Assert.Equal(1e-6, reduced.SpuriousShare, 1e-15);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        SensingProblem problem = SensingProblem.Create(6, 1, 2, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => ReducedPopulation.FromIdentity(problem, double.NaN));
        Assert.Equal("factor", Assert.Throws<ArgumentException>(() => ReducedPopulation.FromFactor(problem, new(new double[5], 5, 1))).ParamName);
        Assert.Equal("sigma", Assert.Throws<ArgumentException>(() => ReducedPopulation.FromIdentity(problem, 1).Step(new double[3], 0.1)).ParamName);
    }
}
