using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Environments;

/// <summary>The orders of the environments, each against its plain definition. Statistical checks have a false-alarm rate of 1e-5.</summary>
[Collection(Allocations.Collection)]
public class EnvironmentSequenceTests
{
    private static readonly EnvironmentDistribution Four = DiagonalEnvironments.TwoPoint(2, 0.5, 4, ownDraws: true);
    private static readonly EnvironmentDistribution Five = new FiniteEnvironments(1, [[1.0], [2.0], [3.0], [4.0], [5.0]]);

    private static readonly EnvironmentOrder[] Orders =
        [EnvironmentOrder.Independent, EnvironmentOrder.Cyclic, EnvironmentOrder.Shuffled, EnvironmentOrder.Blocks(3), EnvironmentOrder.DistinctBlocks(3, 2)];

    [Fact]
    public void IndependentIsOneDrawAStep()
    {
        double[] sigma = new double[4], label = new double[2], expectedSigma = new double[4], expectedLabel = new double[2];
        EnvironmentSequence sequence = new(Four, EnvironmentOrder.Independent, 7), single = new(Four, EnvironmentOrder.Blocks(1), 7);
        for (int step = 0; step < 50; step++)
        {
            int index = Four.Draw(new RandomStream(7, StreamPurpose.Environments, step), expectedSigma, expectedLabel);
            foreach (EnvironmentSequence each in new[] { sequence, single })
            {
                Assert.Equal(index, each.Get(step, sigma, label));
                Assert.Equal(expectedSigma, sigma);
                Assert.Equal(expectedLabel, label);
            }
        }
    }

    [Fact]
    public void CyclicTakesTheListInTurn()
    {
        EnvironmentSequence sequence = new(Five, EnvironmentOrder.Cyclic, 7);
        double[] sigma = new double[1], label = new double[1];
        for (int step = 0; step < 23; step++)
        {
            Assert.Equal(step % 5, sequence.Get(step, sigma, label));
            Assert.Equal(1.0 + (step % 5), sigma[0]);
            Assert.Equal(step % 5, label[0]);
        }

        // The label of scalar environments is the list of scalars, as a draw writes it.
        double[] scalars = new double[2], matrix = new double[4];
        Assert.Equal(2, new EnvironmentSequence(Four, EnvironmentOrder.Cyclic, 7).Get(6, matrix, scalars));
        Assert.Equal([-3.5, 4.5], scalars);
        Assert.Equal([-3.5, 0, 0, 4.5], matrix);
    }

    [Fact]
    public void ShuffledIsAFreshPermutationEachEpoch()
    {
        EnvironmentSequence sequence = new(Five, EnvironmentOrder.Shuffled, 11);
        HashSet<string> seen = [];
        for (int epoch = 0; epoch < 200; epoch++)
        {
            int[] indices = [.. Enumerable.Range(5 * epoch, 5).Select(step => Index(sequence, step))];
            Assert.Equal([0, 1, 2, 3, 4], indices.Order());
            seen.Add(string.Join(',', indices));
        }

        // 200 draws of 120 permutations leave about 120·e^(−5/3) ≈ 23 unseen.
        Assert.InRange(seen.Count, 75, 119);
    }

    [Fact]
    public void AllPermutationsAreEquallyLikely()
    {
        FiniteEnvironments three = new(1, [[1.0], [2.0], [3.0]]);
        EnvironmentSequence sequence = new(three, EnvironmentOrder.Shuffled, 5);
        const int Epochs = 6000;
        long[] counts = new long[6];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            int first = Index(sequence, 3 * epoch), second = Index(sequence, (3 * epoch) + 1);
            counts[(2 * first) + (second > first ? second - 1 : second)]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [.. counts.Select(_ => Epochs / 6.0)]) > 1e-5);
    }

    [Fact]
    public void BlocksKeepADrawAndDrawWithTheProbabilities()
    {
        FiniteEnvironments unequal = new(1, [[5.0], [-1.0], [2.0]], [0.2, 0.5, 0.3]);
        EnvironmentSequence sequence = new(unequal, EnvironmentOrder.Blocks(4), 3);
        double[] sigma = new double[1], label = new double[1];
        const int Blocks = 20_000;
        long[] counts = new long[3];
        for (int block = 0; block < Blocks; block++)
        {
            int expected = unequal.Draw(new RandomStream(3, StreamPurpose.Environments, 4 * block), sigma, label);
            Assert.All(Enumerable.Range(4 * block, 4), step => Assert.Equal(expected, Index(sequence, step)));
            counts[expected]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [0.2 * Blocks, 0.5 * Blocks, 0.3 * Blocks]) > 1e-5);
    }

    [Fact]
    public void DistinctBlocksAreDrawsWithoutReplacement()
    {
        EnvironmentSequence sequence = new(Five, EnvironmentOrder.DistinctBlocks(4, 2), 3);
        const int Rounds = 10_000;
        long[] pairs = new long[25];
        for (int round = 0; round < Rounds; round++)
        {
            int first = Index(sequence, 8 * round), second = Index(sequence, (8 * round) + 4);
            Assert.All(Enumerable.Range(8 * round, 4), step => Assert.Equal(first, Index(sequence, step)));
            Assert.All(Enumerable.Range((8 * round) + 4, 4), step => Assert.Equal(second, Index(sequence, step)));
            pairs[(5 * first) + second]++;
        }

        // Twenty ordered pairs, none of them twice the same.
        Assert.All(Enumerable.Range(0, 5), e => Assert.Equal(0, pairs[6 * e]));
        Assert.True(PlainStatistics.ChiSquaredFit([.. pairs.Where((_, i) => i % 6 != 0)], [.. Enumerable.Repeat(Rounds / 20.0, 20)]) > 1e-5);

        // All of a list, each once; and a single one is a block.
        EnvironmentSequence all = new(Five, EnvironmentOrder.DistinctBlocks(1, 5), 3);
        Assert.All(Enumerable.Range(0, 100), round => Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(5 * round, 5).Select(step => Index(all, step)).Order()));
        Assert.Equal(EnvironmentOrder.Blocks(4), EnvironmentOrder.DistinctBlocks(4, 1));
    }

    [Fact]
    public void EveryOrderIsAPureFunctionOfTheStep()
    {
        foreach (EnvironmentOrder order in Orders)
        {
            EnvironmentSequence ascending = new(Five, order, 9);
            int[] indices = [.. Enumerable.Range(0, 60).Select(step => Index(ascending, step))];
            for (int step = 59; step >= 0; step -= 7)
            {
                Assert.Equal(indices[step], Index(new EnvironmentSequence(Five, order, 9), step));
                Assert.Equal(indices[(step * 31) % 60], Index(ascending, (step * 31) % 60));
            }
        }
    }

    // The sum of log|1 + ηs_t| over 60 steps: what the logarithm of a small spurious part gains. Two values alternate around the same mean.
    [Fact]
    public void BlocksMultiplyTheVarianceOfTheGrowthAndACycleHasNone()
    {
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(1, 1, 8);
        const int Seeds = 4000, Steps = 60;
        double high = Math.Log(1.45), low = Math.Log(0.65), mean = Steps * (high + low) / 2, variance = Steps * (high - low) * (high - low) / 4;
        foreach ((EnvironmentOrder order, double factor) in new[]
        {
            (EnvironmentOrder.Independent, 1.0), (EnvironmentOrder.Cyclic, 0), (EnvironmentOrder.Shuffled, 0),
            (EnvironmentOrder.Blocks(2), 2), (EnvironmentOrder.Blocks(5), 5), (EnvironmentOrder.Blocks(20), 20),
        })
        {
            double sum = 0, squares = 0;
            for (ulong seed = 0; seed < Seeds; seed++)
            {
                EnvironmentSequence sequence = new(environments, order, seed);
                double growth = -mean;
                for (int step = 0; step < Steps; step++)
                {
                    growth += Index(sequence, step) == 1 ? high : low;
                }

                sum += growth;
                squares += growth * growth;
            }

            double expected = factor * variance;
            Assert.Equal(0, sum / Seeds, 1e-9 + (4.5 * Math.Sqrt(expected / Seeds)));
            Assert.Equal(expected, squares / Seeds, 1e-9 + (4.5 * expected * Math.Sqrt(2.0 / Seeds)));
        }
    }

    [Fact]
    public void GettingAllocatesNothing()
    {
        double[] sigma = new double[4], label = new double[2];
        foreach (EnvironmentOrder order in Orders)
        {
            EnvironmentSequence sequence = new(Four, order, 1);
            int step = 0;
            Assert.Equal(0, Allocations.Of(() => sequence.Get(step += 3, sigma, label)));
        }
    }

    [Fact]
    public void BadInputIsNamed()
    {
        DiagonalEnvironments continuous = DiagonalEnvironments.Uniform(1, 1, 1);
        FiniteEnvironments unequal = new(1, [[1.0], [2.0]], [0.4, 0.6]);
        foreach (EnvironmentOrder order in new[] { EnvironmentOrder.Cyclic, EnvironmentOrder.Shuffled, EnvironmentOrder.DistinctBlocks(1, 2) })
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => new EnvironmentSequence(continuous, order, 1));
            Assert.Equal("order", refused.ParamName);
            Assert.Contains($"'order' is {order}; accepted is independent or blocks for a continuous", refused.Message, StringComparison.Ordinal);
            Assert.Contains("number 0 has 0.4, not 1/2", Assert.Throws<ArgumentException>(() => new EnvironmentSequence(unequal, order, 1)).Message, StringComparison.Ordinal);
        }

        DiagonalEnvironments many = DiagonalEnvironments.TwoPoint(25, 0, 1, ownDraws: true);
        Assert.Null(EnvironmentOrder.Cyclic.Refuse(many));
        Assert.Contains("more than 1048576", EnvironmentOrder.Shuffled.Refuse(many), StringComparison.Ordinal);
        Assert.Null(EnvironmentOrder.Blocks(2).Refuse(unequal));
        Assert.Equal("length", Assert.Throws<ArgumentOutOfRangeException>(() => EnvironmentOrder.Blocks(0)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnvironmentSequence(Five, EnvironmentOrder.Cyclic, 1).Get(-1, new double[1], new double[1]));
        Assert.Equal("Blocks(7)", EnvironmentOrder.Blocks(7).ToString());
        Assert.Contains("at most 5 different", EnvironmentOrder.DistinctBlocks(1, 6).Refuse(Five), StringComparison.Ordinal);
        Assert.Contains("more than 1048576", EnvironmentOrder.DistinctBlocks(1, 2).Refuse(many), StringComparison.Ordinal);
        Assert.Equal("length", Assert.Throws<ArgumentOutOfRangeException>(() => EnvironmentOrder.DistinctBlocks(0, 2)).ParamName);
        Assert.Equal("distinct", Assert.Throws<ArgumentOutOfRangeException>(() => EnvironmentOrder.DistinctBlocks(2, 0)).ParamName);
        Assert.Equal("DistinctBlocks(7, 3)", EnvironmentOrder.DistinctBlocks(7, 3).ToString());
    }

    private static int Index(EnvironmentSequence sequence, int step) => sequence.Get(step, new double[1], new double[1]);
}
