using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A step size that changes at given steps is the one of the last piece that has begun.</summary>
public class PiecewiseStepSizeTests
{
    [Fact]
    public void ItIsThePlainScanInAnyOrder()
        => Properties.Check(
            Properties.Between(1, 60),
            count =>
            {
                System.Random random = new(count);
                (int FromStep, double StepSize)[] pieces = Pieces(count, random);
                StepSizeSchedule schedule = StepSizeSchedule.Piecewise(pieces);
                int end = pieces[^1].FromStep + 10;
                for (int i = 0; i < 300; i++)
                {
                    // Anywhere, at the edges of a piece, and step after step.
                    int edge = pieces[random.Next(count)].FromStep;
                    foreach (int step in new[] { random.Next(end), edge, edge + 1, edge + 2, Math.Max(edge - 1, 0), int.MaxValue })
                    {
                        Assert.Equal(Scan(pieces, step), schedule.At(step));
                    }
                }

                for (int step = 0; step < Math.Min(end, 500); step++)
                {
                    Assert.Equal(Scan(pieces, step), schedule.At(step));
                }
            });

    // Several threads ask the same schedule, each in an order of its own.
    [Fact]
    public void ItIsThePlainScanOnManyThreads()
    {
        (int FromStep, double StepSize)[] pieces = Pieces(200, new System.Random(3));
        StepSizeSchedule schedule = StepSizeSchedule.Piecewise(pieces);
        int[] wrong = new int[6];
        Thread[] threads = [.. Enumerable.Range(0, wrong.Length).Select(index => new Thread(() =>
        {
            System.Random random = new(index);
            for (int i = 0; i < 50_000; i++)
            {
                int step = random.Next(pieces[^1].FromStep + 100);
                wrong[index] += schedule.At(step) == Scan(pieces, step) ? 0 : 1;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(wrong, count => Assert.Equal(0, count));
    }

    [Fact]
    public void BoundsAreThoseOfThePieces()
    {
        Assert.Equal((0.01, 0.3), StepSizeSchedule.Piecewise((0, 0.05), (4, 0.3), (9, 0.01), (10, 0.2)).Bounds);
        Assert.True(StepSizeSchedule.Constant(0.1).IsConstant);
        Assert.True(StepSizeSchedule.Piecewise((0, 0.1), (5, 0.1)).IsConstant);
        Assert.False(StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2)).IsConstant);
    }

    [Fact]
    public void EqualMeansTheSameStepSizes()
    {
        Assert.Equal(StepSizeSchedule.Constant(0.1), StepSizeSchedule.Piecewise((0, 0.1), (7, 0.1)));
        Assert.Equal(StepSizeSchedule.Piecewise((0, 0.1), (7, 0.2)), StepSizeSchedule.Piecewise((0, 0.1), (3, 0.1), (7, 0.2)));
        Assert.Equal(
            StepSizeSchedule.Piecewise((0, 0.1), (7, 0.2)).GetHashCode(), StepSizeSchedule.Piecewise((0, 0.1), (3, 0.1), (7, 0.2)).GetHashCode());
        Assert.NotEqual(StepSizeSchedule.Piecewise((0, 0.1), (7, 0.2)), StepSizeSchedule.Piecewise((0, 0.1), (8, 0.2)));

        // Where the last look-up ended is no part of the value.
        StepSizeSchedule asked = StepSizeSchedule.Piecewise((0, 0.1), (7, 0.2)), fresh = StepSizeSchedule.Piecewise((0, 0.1), (7, 0.2));
        _ = asked.At(8);
        Assert.Equal(fresh, asked);
        Assert.Equal(fresh.GetHashCode(), asked.GetHashCode());
        PartDescription first = new(), second = new();
        asked.Describe("StepSize", first);
        fresh.Describe("StepSize", second);
        Assert.Equal(second.ToString(), first.ToString());
    }

    private static (int FromStep, double StepSize)[] Pieces(int count, System.Random random)
    {
        (int FromStep, double StepSize)[] pieces = new (int, double)[count];
        for (int i = 0; i < count; i++)
        {
            // Neighbors of one step, and some that change nothing.
            pieces[i] = (i == 0 ? 0 : pieces[i - 1].FromStep + 1 + (random.Next(2) * random.Next(50)), 0.1 * random.Next(1, 5));
        }

        return pieces;
    }

    private static double Scan((int FromStep, double StepSize)[] pieces, int step)
    {
        double stepSize = 0;
        foreach ((int fromStep, double pieceStepSize) in pieces)
        {
            stepSize = fromStep <= step ? pieceStepSize : stepSize;
        }

        return stepSize;
    }
}
