using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>The orders of stored rows, each against its plain definition. Statistical checks have a false-alarm rate of 1e-5 over seeds.</summary>
[Collection(Allocations.Collection)]
public class RowSequenceTests
{
    public static TheoryData<RowOrder> Orders => [.. Enum.GetValues<RowOrder>()];

    [Fact]
    public void BatchesAreThePlainDefinition()
        => Properties.Check(Cases(), test =>
        {
            RowSequence sequence = new(test.Order, test.Rows, 3, (ulong)test.Seed);

            // Steps and sets as they come, and back: what was asked for before does not count.
            foreach (int step in new[] { 0, 1, 2, 7, 3, 7, 0 })
            {
                foreach (int set in new[] { 0, 2 })
                {
                    long[] expected = PlainRows.OfBatch(test.Order, test.Rows, test.Batch, (ulong)test.Seed, set, step);
                    Assert.Equal(expected, Batch(sequence, step, set, test.Batch));
                }
            }
        });

    // After t batches every row was visited ⌊tm/n⌋ times or once more; that is once in every epoch, whether batches straddle two epochs or not.
    [Theory]
    [InlineData(RowOrder.Shuffled, 10, 5)]
    [InlineData(RowOrder.Shuffled, 10, 4)]
    [InlineData(RowOrder.Shuffled, 10, 7)]
    [InlineData(RowOrder.Shuffled, 10, 9)]
    [InlineData(RowOrder.Shuffled, 10, 10)]
    [InlineData(RowOrder.Shuffled, 1, 1)]
    [InlineData(RowOrder.InTurn, 10, 3)]
    [InlineData(RowOrder.InTurn, 10, 10)]
    public void EveryRowComesOnceInAnEpoch(RowOrder order, int rows, int batch)
    {
        RowSequence sequence = new(order, rows, 1, 4);
        int[] visits = new int[rows];
        int seen = 0;
        for (int step = 0; step < 60; step++)
        {
            foreach (long row in Batch(sequence, step, 0, batch))
            {
                visits[row]++;
                seen++;
                Assert.Equal(seen / rows, visits.Min());
                Assert.InRange(visits.Max(), 1, ((seen - 1) / rows) + 1);
            }
        }
    }

    [Theory]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.InTurn)]
    public void AFullBatchTakesTheRowsInTheirOrder(RowOrder order)
    {
        RowSequence sequence = new(order, 6, 1, 4);
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal([0, 1, 2, 3, 4, 5], Batch(sequence, step, 0, 6));
            Assert.False(sequence.IsListed);
        }
    }

    [Fact]
    public void AllOrdersOfAnEpochAreEquallyLikely()
    {
        const int Epochs = 9600;
        RowSequence sequence = new(RowOrder.Shuffled, 4, 1, 8);
        long[] counts = new long[24];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            // Batches of one: the order is seen one row at a time. Lehmer's code numbers it.
            long[] order = [.. Enumerable.Range(4 * epoch, 4).Select(step => Batch(sequence, step, 0, 1)[0])];
            int Smaller(int i) => order[(i + 1)..].Count(row => row < order[i]);
            counts[(6 * Smaller(0)) + (2 * Smaller(1)) + Smaller(2)]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [.. counts.Select(_ => Epochs / 24.0)]) > 1e-5);
    }

    // Pairs of neighbouring positions, within a step and across: 25 equally likely outcomes.
    [Fact]
    public void DrawsWithReplacementAreUniformAndIndependent()
    {
        const int Steps = 6000;
        RowSequence sequence = new(RowOrder.WithReplacement, 5, 1, 8);
        long[] within = new long[25], across = new long[25];
        long last = 0;
        for (int step = 0; step < Steps; step++)
        {
            long[] batch = Batch(sequence, step, 0, 2);
            within[(5 * batch[0]) + batch[1]]++;
            across[(5 * last) + batch[0]]++;
            last = batch[1];
        }

        Assert.True(PlainStatistics.ChiSquaredFit(within, [.. within.Select(_ => Steps / 25.0)]) > 5e-6);
        Assert.True(PlainStatistics.ChiSquaredFit(across, [.. across.Select(_ => Steps / 25.0)]) > 5e-6);
    }

    [Fact]
    public void SetsSeedsAndEpochsHaveOrdersOfTheirOwn()
    {
        RowSequence first = new(RowOrder.Shuffled, 40, 2, 1), second = new(RowOrder.Shuffled, 40, 2, 2);
        string[] orders =
        [
            string.Join(',', Batch(first, 0, 0, 39)), string.Join(',', Batch(first, 0, 1, 39)), string.Join(',', Batch(first, 1, 0, 39)),
            string.Join(',', Batch(second, 0, 0, 39)),
        ];
        Assert.Equal(4, orders.Distinct().Count());
    }

    // Products of step and batch beyond 2⁶³, and the last step there is.
    [Fact]
    public void LateStepsDoNotWrap()
    {
        const long Rows = (1L << 50) + 1;
        RowSequence turn = new(RowOrder.InTurn, Rows, 1, 1);
        turn.Select(int.MaxValue, 0, Rows - 2);
        Assert.Equal((long)(((System.Numerics.BigInteger)(Rows - 2) * int.MaxValue) % Rows), turn.At(0));
        Assert.InRange(turn.At(Rows - 3), 0, Rows - 1);
        RowSequence shuffled = new(RowOrder.Shuffled, 5, 1, 1);
        Assert.All(Batch(shuffled, int.MaxValue, 0, 4), row => Assert.InRange(row, 0, 4));
    }

    [Fact]
    public void BatchesThatDoNotExistAreRefused()
    {
        Assert.Null(new RowSequence(RowOrder.Shuffled, 7, 1, 1).Refusal(7));
        Assert.Contains("at most 7, the stored samples of a set", new RowSequence(RowOrder.Shuffled, 7, 1, 1).Refusal(8), StringComparison.Ordinal);
        Assert.Contains("at most 7, the stored samples of a set", new RowSequence(RowOrder.InTurn, 7, 1, 1).Refusal(8), StringComparison.Ordinal);
        Assert.Null(new RowSequence(RowOrder.WithReplacement, 7, 1, 1).Refusal(800));
        Assert.Contains("rows in turn", new RowSequence(RowOrder.WithReplacement, 7, 1, 1).Refusal(1L << 31), StringComparison.Ordinal);
        Assert.Contains("rows in turn", new RowSequence(RowOrder.Shuffled, 1L << 31, 1, 1).Refusal(5), StringComparison.Ordinal);
        Assert.Null(new RowSequence(RowOrder.Shuffled, 1L << 31, 1, 1).Refusal(1L << 31));
        Assert.Null(new RowSequence(RowOrder.InTurn, 1L << 31, 1, 1).Refusal(5));
        Assert.Equal("order", Assert.Throws<ArgumentOutOfRangeException>(() => new RowSequence((RowOrder)3, 7, 1, 1)).ParamName);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void SelectingAllocatesNothing(RowOrder order)
    {
        RowSequence sequence = new(order, 100, 2, 1);
        sequence.Select(0, 0, 30);
        sequence.Select(0, 1, 30);
        int step = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            step++;
            sequence.Select(step, 0, 30);
            sequence.Select(step, 1, 30);
        }));
    }

    [Fact]
    public void PermutationsOfOneOrNothingAreWhatTheyAre()
    {
        int[] one = [7];
        Permutation.Fill(one, new RandomStream(1, StreamPurpose.User));
        Permutation.Fill([], new RandomStream(1, StreamPurpose.User));
        Assert.Equal([0], one);
    }

    private static long[] Batch(RowSequence sequence, int step, int set, int batch)
    {
        sequence.Select(step, set, batch);
        return [.. Enumerable.Range(0, batch).Select(position => sequence.At(position))];
    }

    private sealed record Case(RowOrder Order, int Rows, int Batch, int Seed);

    private static Arbitrary<Case> Cases()
        => Arb.From(
            from order in Gen.Elements(Enum.GetValues<RowOrder>())
            from rows in Gen.Choose(1, 30)
            from batch in Gen.Choose(1, order == RowOrder.WithReplacement ? 60 : rows)
            from seed in Gen.Choose(0, 1000)
            select new Case(order, rows, batch, seed),
            test => new[]
            {
                test with { Batch = test.Batch / 2 },
                test with { Batch = test.Batch - 1 },
                test with { Rows = Math.Max(test.Batch, test.Rows / 2) },
                test with { Seed = 0 },
            }.Where(smaller => smaller != test && smaller.Batch >= 1 && smaller.Rows <= test.Rows));
}
