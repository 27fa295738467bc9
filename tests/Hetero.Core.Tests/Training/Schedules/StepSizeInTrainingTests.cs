using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Training multiplies the direction of step t with the schedule's step size of t, and refuses one that is none at the step where it comes.</summary>
public class StepSizeInTrainingTests
{
    private static readonly TrainingOptions Options = new()
    {
        Seed = 2, Samples = TrainingOptions.AllRows, EnvironmentOrder = EnvironmentOrder.Cyclic, InitialScale = 0.4, GradientScale = 2,
    };

    /// <summary>A schedule of a user: it rises for some steps, then falls with the root.</summary>
    private sealed record Warmup(double Peak, int Steps) : StepSizeSchedule
    {
        protected override double StepSizeAt(int step) => step < Steps ? Peak * (step + 1) / Steps : Peak * Math.Sqrt((double)Steps / (step + 1));
    }

    [Fact]
    public void EachStepHasItsOwn()
    {
        foreach (StepSizeSchedule schedule in new[]
            {
                StepSizeSchedule.Cosine(0.05, 0.01, 7), StepSizeSchedule.InverseTime(0.05, 3), new Warmup(0.05, 4),
                StepSizeSchedule.Function("alternating", step => step % 2 == 0 ? 0.03 : 0.01), StepSizeSchedule.Piecewise((0, 0.02), (4, 0.05)),
            })
        {
            OwnData data = OwnData.Make(4, 1, 8, 6);
            HeteroSgd<double> trainer = new(data.Measured<double>(), Options with { StepSize = schedule });
            double[] plain = trainer.Parameters.ToArray();
            for (int step = 0; step < 10; step++)
            {
                int environment = step % 2, rows = environment == 0 ? 8 : 6;
                double[] gradient = data.Gradient(
                    PlainMatrix.Gram(plain, 4), Enumerable.Range(0, rows).Select(row => (environment, (long)row, 1.0 / rows)));
                double[] direction = PlainMatrix.Times(gradient, plain, 4, 4, 4);
                double stepSize = schedule is Warmup ? 0.05 * (step < 4 ? (step + 1) / 4.0 : Math.Sqrt(4.0 / (step + 1))) : schedule.At(step);
                plain = [.. plain.Select((value, i) => value - (2 * stepSize * direction[i]))];
            }

            Assert.Equal(TrainingStatus.Completed, trainer.Run(10).Status);
            Assert.InRange(PlainMatrix.Distance(trainer.Parameters.ToArray(), plain), 0, 1e-13);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(double.PositiveInfinity)]
    public void ABadOneIsRefusedAtItsStep(double bad)
    {
        HeteroSgd<double> trainer = Create(StepSizeSchedule.Function("bad at 3", step => step == 3 ? bad : 0.01));
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => trainer.Run(10));
        Assert.Equal("options.StepSize", refusal.ParamName);
        Assert.Equal(3, trainer.Step);

        // The iterate is that of the step before, whole.
        HeteroSgd<double> good = Create(StepSizeSchedule.Constant(0.01));
        good.Run(3);
        Assert.True(Data.SameBits<double>(good.Parameters, trainer.Parameters));
    }

    [Fact]
    public void WhatIsKnownBeforeTheRunIsRefusedBeforeTheRun()
    {
        OwnData data = OwnData.Make(4, 1, 8, 6);
        Assert.Equal(
            "options.StepSize",
            Assert.ThrowsAny<ArgumentException>(
                () => new HeteroSgd<float>(data.Measured<float>(), Options with { StepSize = StepSizeSchedule.Cosine(0.1, 1e-60, 5) })).ParamName);
        Assert.Equal(
            "options.StepSize",
            Assert.ThrowsAny<ArgumentException>(
                () => new HeteroSgd<double>(data.Measured<double>(), Options with { StepSize = StepSizeSchedule.InverseTime(1e-300, 1e-300) })).ParamName);
    }

    [Fact]
    public void AnotherScheduleIsAnotherRun()
    {
        StepSizeSchedule[] schedules =
        [
            StepSizeSchedule.Constant(0.01), StepSizeSchedule.Cosine(0.01, 0.02, 9), StepSizeSchedule.InverseTime(0.01, 9), new Warmup(0.01, 9), new Warmup(0.01, 8),
            StepSizeSchedule.Function("one", _ => 0.01), StepSizeSchedule.Function("another one", _ => 0.01),
        ];
        for (int i = 0; i < schedules.Length; i++)
        {
            for (int j = 0; j < schedules.Length; j++)
            {
                MemoryStream saved = SavedRun.Of(Create(schedules[i]));
                if (i == j)
                {
                    Create(schedules[j]).Restore(saved);
                }
                else
                {
                    Assert.Equal("StepSize", Assert.Throws<RunMismatchException>(() => Create(schedules[j]).Restore(saved)).Name);
                }
            }
        }
    }

    // A record writes 0.01 as 0,01 where that is the custom.
    [Fact]
    public void TheRunIsTheSameInAnotherCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        MemoryStream saved;
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Contains("0,01", new Warmup(0.01, 9).ToString(), StringComparison.Ordinal);
            saved = SavedRun.Of(Create(new Warmup(0.01, 9)));
            Assert.Same(comma, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Create(new Warmup(0.01, 9)).Restore(saved);
    }

    private static HeteroSgd<double> Create(StepSizeSchedule schedule)
        => new(OwnData.Make(4, 1, 8, 6).Measured<double>(), Options with { StepSize = schedule, GradientScale = 1 });
}
