using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Cosine and 1/t by their formulas.</summary>
public class SmoothStepSizeTests
{
    [Fact]
    public void TheCosineIsTheFormula()
        => Properties.Check(
            Properties.Between(1, 4000),
            steps =>
            {
                // Up, down, flat, and over many decades: (1 ± cos)/2 as cos² and sin² of the half, which lose no digits.
                foreach ((double first, double last) in new[] { (0.1, 0.001), (1e-3, 0.7), (0.3, 0.3), (1.0, 1e-12), (1e-12, 1.0) })
                {
                    StepSizeSchedule schedule = StepSizeSchedule.Cosine(first, last, steps);
                    Assert.Equal((first, last, last), (schedule.At(0), schedule.At(steps), schedule.At(int.MaxValue)));
                    for (int step = 0; step < steps; step += 1 + (steps / 97))
                    {
                        double left = Math.Sin(Math.PI * (steps - step) / (2.0 * steps)), past = Math.Sin(Math.PI * step / (2.0 * steps));
                        double expected = (first * left * left) + (last * past * past), stepSize = schedule.At(step);
                        Assert.InRange(stepSize / expected, 1 - 1e-14, 1 + 1e-14);
                        Assert.InRange(stepSize, Math.Min(first, last), Math.Max(first, last));
                    }
                }
            },
            trials: 50);

    [Fact]
    public void TheCosineIsTheOneOfThePlatform()
    {
        StepSizeSchedule schedule = StepSizeSchedule.Cosine(0.2, 0.05, 1000);
        for (int step = 0; step <= 1000; step++)
        {
            Assert.InRange(schedule.At(step) / (0.05 + (0.15 * (1 + Math.Cos(Math.PI * step / 1000)) / 2)), 1 - 1e-14, 1 + 1e-14);
        }

        Assert.Equal((0.05, 0.2), schedule.Bounds);
        Assert.Equal(0.125, schedule.At(500), 1e-16);
    }

    [Fact]
    public void InverseTimeIsTheFormula()
    {
        StepSizeSchedule schedule = StepSizeSchedule.InverseTime(0.4, 25);
        Assert.Equal((0.4, 0.2, 0.1), (schedule.At(0), schedule.At(25), schedule.At(75)));
        foreach (int step in new[] { 1, 7, 1000, 123_456_789, int.MaxValue })
        {
            Assert.InRange(schedule.At(step) / (0.4 / (1 + (step / 25.0))), 1 - 1e-15, 1 + 1e-15);
        }

        Assert.Equal((schedule.At(int.MaxValue), 0.4), schedule.Bounds);
        Assert.False(schedule.IsConstant);
    }

    [Fact]
    public void EqualMeansEqualNumbersAndTheDescriptionTellsThemApart()
    {
        static int Half(int step) => step / 2;
        Func<int, double> function = step => 1.0 / (1 + Half(step));
        Func<StepSizeSchedule>[] schedules =
        [
            () => StepSizeSchedule.Constant(0.1), () => StepSizeSchedule.Constant(0.2), () => StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2)),
            () => StepSizeSchedule.Piecewise((0, 0.1), (6, 0.2)), () => StepSizeSchedule.Cosine(0.1, 0.2, 5), () => StepSizeSchedule.Cosine(0.2, 0.1, 5),
            () => StepSizeSchedule.Cosine(0.1, 0.2, 6), () => StepSizeSchedule.Cosine(0.1, Math.BitIncrement(0.2), 5), () => StepSizeSchedule.InverseTime(0.1, 5),
            () => StepSizeSchedule.InverseTime(0.1, 6), () => StepSizeSchedule.InverseTime(0.2, 5), () => StepSizeSchedule.Function("half", function),
            () => StepSizeSchedule.Function("half of it", function), () => StepSizeSchedule.Function("half of them", function),
        ];
        for (int i = 0; i < schedules.Length; i++)
        {
            for (int j = 0; j < schedules.Length; j++)
            {
                (StepSizeSchedule first, StepSizeSchedule second) = (schedules[i](), schedules[j]());
                Assert.Equal(i == j, first.Equals(second));
                Assert.Equal(i == j, Described(first) == Described(second));
                Assert.True(i != j || first.GetHashCode() == second.GetHashCode());
            }
        }

        Assert.NotEqual(StepSizeSchedule.Function("one", _ => 1), StepSizeSchedule.Function("one", _ => 2));
    }

    [Fact]
    public void NumbersOutOfRangeAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("first", () => StepSizeSchedule.Cosine(0, 1, 5));
        Assert.Throws<ArgumentOutOfRangeException>("last", () => StepSizeSchedule.Cosine(1, double.NaN, 5));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => StepSizeSchedule.Cosine(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("first", () => StepSizeSchedule.InverseTime(double.PositiveInfinity, 5));
        Assert.Throws<ArgumentOutOfRangeException>("halving", () => StepSizeSchedule.InverseTime(1, 0));
        Assert.Throws<ArgumentException>("name", () => StepSizeSchedule.Function("", _ => 1));
        Assert.Throws<ArgumentNullException>("stepSize", () => StepSizeSchedule.Function("none", null!));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => StepSizeSchedule.Cosine(1, 1, 5).At(-1));
    }

    private static string Described(StepSizeSchedule schedule)
    {
        PartDescription description = new();
        schedule.Describe("StepSize", description);
        return description.ToString();
    }
}
