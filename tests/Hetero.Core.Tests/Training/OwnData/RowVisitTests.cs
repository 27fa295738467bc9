using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Mini-batches of one's own data go through the rows of each environment in turn: no row comes a second time before all others came.</summary>
public class RowVisitTests
{
    public static TheoryData<string, RowOrder> All()
    {
        TheoryData<string, RowOrder> all = [];
        foreach (string algorithm in OwnRuns.Algorithms)
        {
            all.Add(algorithm, RowOrder.Shuffled);
            all.Add(algorithm, RowOrder.InTurn);
        }

        return all;
    }

    // However the visits fall, and whether a batch fits into an epoch or not.
    [Theory]
    [MemberData(nameof(All))]
    public void EveryRowIsTakenEquallyOften(string algorithm, RowOrder order)
        => Properties.Check(
            Properties.Between(1, 400),
            seed =>
            {
                System.Random random = new(seed);
                int batch = 4 + random.Next(7);
                int[] rows = [batch + random.Next(25), batch + random.Next(25), batch + random.Next(25)];
                int averaged = algorithm == "PooledGD" ? 3 : 1;
                MarkedRows marked = new(averaged * batch, rows);
                OwnRuns.Create(algorithm, marked.Measured(order, (ulong)seed), MarkedRows.Options with { Seed = (ulong)seed, Samples = batch })
                    .Run(40, marked);
                int[][] counts = [.. rows.Select(n => new int[n])];
                foreach (int[][] step in marked.Steps)
                {
                    Assert.Equal(averaged * batch, step.Sum(environment => environment.Sum()));
                    for (int e = 0; e < 3; e++)
                    {
                        counts[e] = [.. counts[e].Zip(step[e], (count, taken) => count + taken)];
                        Assert.InRange(counts[e].Max() - counts[e].Min(), 0, 1);
                    }
                }

                Assert.All(counts, environment => Assert.True(environment.Max() > 0));
            },
            trials: 20);

    // The n rows of an environment within n/m of its own visits, in an order that is not theirs and not that of the next epoch.
    [Fact]
    public void MiniBatchesSeeEveryRowWithinAnEpoch()
    {
        MarkedRows marked = new(10, 50, 30);
        TrainingOptions options = MarkedRows.Options with { Samples = 10, EnvironmentOrder = EnvironmentOrder.Cyclic };
        new HeteroSgd<double>(marked.Measured(RowOrder.Shuffled), options).Run(20, marked);
        int[][][] visits = [.. marked.Steps.Where((_, step) => step % 2 == 0).Select(step => step)];
        for (int epoch = 0; epoch < 2; epoch++)
        {
            int[] seen = new int[50];
            for (int visit = 0; visit < 5; visit++)
            {
                int[] taken = visits[(5 * epoch) + visit][0];
                Assert.Equal(10, taken.Sum());
                Assert.Equal(0, visits[(5 * epoch) + visit][1].Sum());
                seen = [.. seen.Zip(taken, (a, b) => a + b)];
            }

            Assert.All(seen, count => Assert.Equal(1, count));
        }

        Assert.False(visits[0][0].SequenceEqual(visits[5][0]));
        Assert.False(visits[0][0].AsSpan(0, 10).SequenceEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
        Assert.All(marked.Labels, (label, step) => Assert.Equal([step % 2], label));
    }

    // A pooled part of the batch draws rows of its own: with one environment every number would be even else. By chance that has a probability below 1e-20.
    [Fact]
    public void WithReplacementThePooledPartDrawsItsOwn()
    {
        MarkedRows marked = new(40, 130);
        new HeteroSgd<double>(marked.Measured(RowOrder.WithReplacement), MarkedRows.Options with { Samples = 40, PooledShare = 0.5 }).Run(10, marked);
        Assert.All(marked.Steps, step => Assert.Equal(40, step[0].Sum()));
        Assert.Contains(marked.Steps, step => step[0].Any(count => count % 2 == 1));
    }

    // 20 000 draws of 40 rows: χ² below its 1e-6 quantile.
    [Fact]
    public void WithReplacementRowsAreUniform()
    {
        MarkedRows marked = new(50, 40, 7);
        new HeteroSgd<double>(marked.Measured(RowOrder.WithReplacement), MarkedRows.Options with { Samples = 50 }).Run(800, marked);
        long[] counts = new long[40];
        foreach (int[][] step in marked.Steps)
        {
            for (int i = 0; i < 40; i++)
            {
                counts[i] += step[0][i];
            }
        }

        double expected = counts.Sum() / 40.0;
        Assert.InRange(PlainStatistics.ChiSquaredFit(counts, [.. Enumerable.Repeat(expected, 40)]), 1e-6, 1);
    }
}
