using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A step size that no step can be made with: the message names the schedule, the step and the value, and the trainer is as it was.</summary>
public class RefusedStepSizeTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(0, "0")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(1e300, "1E+300")]
    [InlineData(1e-60, "1E-60")]
    public void TheMessageNamesStepAndSchedule(double bad, string shown)
    {
        Check<float>();
        if (!double.IsNormal(bad) || bad < 0)
        {
            Check<double>();
        }

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> trainer = Create<T>(StepSizeSchedule.Function("drop", step => step == 3 ? bad : 0.01));
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => trainer.Run(6));
            Assert.Equal("options.StepSize", refusal.ParamName);
            Assert.Contains("Function(drop)", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"is {(shown == "∞" ? "Infinity" : shown)} in step 3", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("'options.GradientScale', 2", refusal.Message, StringComparison.Ordinal);
            Assert.Equal((3, false), (trainer.Step, trainer.HasFailed));
        }
    }

    // What a run was held against before it began must be what it does.
    [Theory]
    [InlineData(0.3, "is 0.3 in step 2; accepted is from 0.01 to 0.1, the bounds that it gives itself.")]
    [InlineData(0.001, "is 0.001 in step 2; accepted is from 0.01 to 0.1, the bounds that it gives itself.")]
    public void AStepOutsideItsOwnBoundsIsRefusedAtItsStep(double outside, string message)
    {
        TrainingOptions options = new() { Seed = 1, StepSize = new Bounded(outside, (0.01, 0.1)) };
        PooledGd<double> trainer = new(Runs.Problem(), Runs.Environments("PooledGD"), new PopulationMeasurements<double>(7), options);
        trainer.Run(2);
        double[] before = trainer.Parameters.ToArray();
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => trainer.Advance());
        Assert.Equal("options.StepSize", refusal.ParamName);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.Parameters.ToArray());
        Assert.Equal(2, trainer.Step);
    }

    [Fact]
    public void BoundsThatHoldNothingAreRefusedBeforeTheRun()
    {
        TrainingOptions options = new() { Seed = 1, StepSize = new Bounded(0.05, (0.1, 0.01)) };
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new PooledGd<double>(Runs.Problem(), Runs.Environments("PooledGD"), new PopulationMeasurements<double>(7), options));
        Assert.Contains("has bounds from 0.1 to 0.01; accepted are", refusal.Message, StringComparison.Ordinal);
    }

    private sealed record Bounded(double Third, (double, double) Promised) : StepSizeSchedule
    {
        public override (double Smallest, double Largest)? Bounds => Promised;

        protected override double StepSizeAt(int step) => step == 2 ? Third : 0.05;
    }

    // What is known of a schedule before its first step is refused before it.
    [Fact]
    public void TheMessageOfABoundNamesTheSchedule()
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => Create<float>(StepSizeSchedule.Cosine(0.05, 1e-50, 10))).Message;
        Assert.Contains("Cosine(0.05,1E-50,10)", message, StringComparison.Ordinal);
        Assert.Contains("1E-50", message, StringComparison.Ordinal);
    }

    private static Trainer<T> Create<T>(StepSizeSchedule schedule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new HeteroSgd<T>(
            OwnData.Make(3, 1, 4, 5).Measured<T>(), new() { Seed = 1, Samples = 2, InitialScale = 0.1, GradientScale = 2, StepSize = schedule });
}
