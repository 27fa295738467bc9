using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Parts and options that no run can be made of are refused by name.</summary>
public class TrainerRefusalTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };

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
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new PooledSgd<double>(
                problem, DiagonalEnvironments.TwoPoint(2, 1, 2, ownDraws: true), new ExactLawMeasurements<double>(7, 1), Options with { Samples = 3 }));
        Assert.Throws<ArgumentException>(() => new PooledGd<double>(problem, DiagonalEnvironments.Uniform(2, 1, 2), new StoredMeasurements<double>(7, 20, 1), Options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PooledGd<double>(problem, environments, new StoredMeasurements<double>(7, 20, 1), Options));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(Options).Run(-1));
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
}
