using FsCheck;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;
using YourParts;

namespace Hetero.Core.FsCheck.Tests;

/// <summary>The parts of docs/examples/parts, compiled into these tests: each keeps its contract, by itself and in a run.</summary>
public class OwnPartsTests
{
    public static TheoryData<string> Parts() => [.. OwnRuns.All.Select(run => run.Part)];

    [Theory]
    [MemberData(nameof(Parts))]
    public void NoPartHasAFault(string part) => Assert.Empty(OwnChecks.Faults(part));

    [Theory]
    [MemberData(nameof(Parts))]
    public void NoRunHasAFault(string part) => Assert.Empty(PartChecks.FaultsOfTrainer(Run(part)));

    [Theory]
    [MemberData(nameof(Parts))]
    public void AStepAllocatesNothing(string part) => Assert.Equal(0, PartChecks.BytesPerStep(Run(part)(null)));

    // A source that applies its gradient to a panel, and nothing of d×d.
    [Fact]
    public void ARunInFactoredFormHasNoFault()
    {
        SensingProblem problem = SensingProblem.Create(16, 2, 1, 1);
        TrainingOptions options = new() { Seed = 1, FactorColumns = 3, InitialScale = 0.1 };
        Assert.Empty(PartChecks.FaultsOfTrainer(team => new HeteroSgd<double>(
            problem, DiagonalEnvironments.TwoPoint(1, 1, 2), new FactoredPopulationMeasurements<double>(16, team), options, team, new() { UpdateRule = new Nesterov<double>(0.3) })));
    }

    // S/n·n may be above S, and S·n/n too.
    [Theory]
    [InlineData(0.1, 11)]
    [InlineData(0.05, 22)]
    [InlineData(0.3, 37)]
    [InlineData(0.1, 3)]
    public void AWarmUpStaysBelowItsLastStepSize(double stepSize, int steps)
    {
        WarmUp schedule = new(stepSize, steps);
        Assert.Empty(PartChecks.FaultsOfStepSizes(schedule));
        Assert.Equal(stepSize, schedule.At(steps - 1));
        Assert.All(Enumerable.Range(0, steps + 2), step => Assert.InRange(schedule.At(step), schedule.Bounds!.Value.Smallest, stepSize));
    }

    [Fact]
    public void AnInfiniteDirectionOfASignIsNoStep()
    {
        double[] parameters = [1];
        new Lion().Apply(new UpdateStep<double>
        {
            Step = 0, StepSize = 0.1, Parameters = parameters, Direction = [double.PositiveInfinity], State = new double[1], Shapes = [new MatrixShape(1, 1)],
        });
        Assert.Equal(double.NaN, parameters[0]);
    }

    [Fact]
    public void RunsOfDifferentPartsTellEachOtherApart()
        => Assert.Empty(PartChecks.FaultsOfDescriptions([.. OwnRuns.All.Select<(string Part, Func<WorkerTeam?, Trainer<double>> Create), Func<Trainer<double>>>(run => () => run.Create(null))]));

    [Fact]
    public void TheObserverEndsARunThatIsAtRest()
    {
        Trainer<double> trainer = OwnRuns.CreateStill();
        Assert.Equal(TrainingStatus.Stopped, trainer.Run(100_000, new StopWhenStill(1e-6)).Status);
        double[] before = trainer.Parameters.ToArray();
        trainer.Advance();
        Assert.InRange(before.Zip(trainer.Parameters.ToArray(), (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
        Assert.Equal(0, PartChecks.BytesPerStep(OwnRuns.CreateStill(), observer: new StopWhenStill(1e-6)));
    }

    [Fact]
    public void TheStatementAgreesAndItsControlIsRefuted()
    {
        Assert.Empty(OwnChecks.Faults(nameof(DrawnNorm)));
        TheoryFalsifiedException refuted = Assert.Throws<TheoryFalsifiedException>(
            () => TheoryProperties.ControlOf(new DrawnNorm()).Check(TheoryConfig.For(new DrawnNorm())));
        Assert.Contains("Mine-2", refuted.Message, StringComparison.Ordinal);
    }

    private static Func<WorkerTeam?, Trainer<double>> Run(string part) => OwnRuns.All.Single(run => run.Part == part).Create;
}
