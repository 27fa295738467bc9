using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>Batches of fewer samples than are stored: the same numbers, bit for bit, as if their rows were all that is stored.</summary>
[Collection(Allocations.Collection)]
public class MiniBatchTests
{
    private const int Dimension = 9;
    private const int Length = 45;
    private const int Rows = 70;

    public static TheoryData<RowOrder, int> Batches()
    {
        TheoryData<RowOrder, int> batches = [];
        foreach (RowOrder order in Enum.GetValues<RowOrder>())
        {
            foreach (int batch in new[] { 1, 6, 29, 69, 70 })
            {
                batches.Add(order, batch);
            }
        }

        batches.Add(RowOrder.WithReplacement, 200);
        return batches;
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void TheSameRowsGiveTheSameBits(RowOrder order, int batch)
    {
        Check<double>(order, batch, 1);
        Check<float>(order, batch, 1);
        Check<double>(order, batch, 3);
    }

    // A permutation of positions, and groups that are a part of the batch.
    [Theory]
    [MemberData(nameof(Batches))]
    public void PermutedPositionsGiveTheSameBits(RowOrder order, int batch)
    {
        double[] rows = Data.Uniform<double>(Rows * Length, 3), matrix = Data.Uniform<double>(Length, 4);
        StoredMeasurements<double> source = new(Dimension, rows, 6, order: order);
        int[] positions = [.. PlainRows.Positions(batch, 8, 0).Select(position => (int)position)];
        int first = batch / 3, count = batch - first;
        for (int step = 0; step < 4; step++)
        {
            long[] taken = PlainRows.OfBatch(order, Rows, batch, 6, 0, step);
            double[] gathered = [.. positions[first..].SelectMany(position => Row(rows, taken[position]))];
            double[] expected = new double[Length], actual = new double[Length];
            SampleGroup<double> group = new()
            {
                Step = step, Count = count, FirstSample = first, BatchSize = batch, Scale = 0.1, Positions = positions,
            };
            source.Accumulate(in group, matrix, actual);
            SampleGroup<double> all = new() { Step = 0, Count = count, Scale = 0.1 };
            new StoredMeasurements<double>(Dimension, gathered, 6).Accumulate(in all, matrix, expected);
            Assert.Equal(expected, actual);
        }
    }

    // What lies in several arrays is gathered from all of them, and a run through the end of one begins in the next.
    [Theory]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.InTurn)]
    [InlineData(RowOrder.WithReplacement)]
    public void RowsMayLieInSeveralArrays(RowOrder order)
    {
        double[] matrix = Data.Uniform<double>(10, 7);
        StoredMeasurements<double> whole = new(4, 50, 1, 5, null, 1 << 20, order), cut = new(4, 50, 1, 5, null, 100, order);
        for (int step = 0; step < 8; step++)
        {
            SampleGroup<double> group = new() { Step = step, Count = 33, BatchSize = 33, Scale = 0.02, NoiseDeviation = 0.1 };
            double[] one = new double[10], two = new double[10];
            whole.Accumulate(in group, matrix, one);
            cut.Accumulate(in group, matrix, two);
            Assert.Equal(one, two);
        }
    }

    // The noise is a number for each row: in any batch, at any position, the response of a row is the same.
    [Theory]
    [InlineData(RowOrder.Shuffled, 20)]
    [InlineData(RowOrder.InTurn, 20)]
    [InlineData(RowOrder.WithReplacement, 90)]
    public void NoiseStaysWithItsRow(RowOrder order, int batch)
    {
        double[] noise = new double[Rows];
        new RandomStream(6, StreamPurpose.Noise, 0, 2).FillGaussian<double>(0, noise);
        double[] rows = Data.Uniform<double>(Rows * Length, 3);
        StoredMeasurements<double> source = new(Dimension, rows, 6, order: order);
        int[] positions = [.. PlainRows.Positions(batch, 8, 0).Select(position => (int)position)];
        foreach (int[]? places in new[] { null, positions })
        {
            for (int step = 0; step < 5; step++)
            {
                double[] expected = new double[Length], actual = new double[Length];
                foreach (long row in PlainRows.OfBatch(order, Rows, batch, 6, 0, step))
                {
                    expected = [.. expected.Zip(Row(rows, row), (sum, x) => sum - (0.5 * noise[row] * x))];
                }

                SampleGroup<double> group = new()
                {
                    Step = step, Count = batch, BatchSize = batch, Scale = 1, NoiseDeviation = 0.5, NoiseSubstream = 2, KeepsNoise = true, Positions = places,
                };
                source.Accumulate(in group, new double[Length], actual);
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            }
        }
    }

    [Fact]
    public void SetsOfOwnRowsFollowEachOther()
    {
        double[] rows = Data.Uniform<double>(6 * 10, 3), copy = new double[10];
        StoredMeasurements<double> source = new(4, rows, 1, sets: 3);
        Assert.Equal((2, 3, RowOrder.Shuffled), (source.SamplesPerSet, source.MeasurementSets, source.RowOrder));
        for (int row = 0; row < 6; row++)
        {
            source.CopySample(row, copy);
            Assert.Equal(rows[(10 * row)..(10 * (row + 1))], copy);
        }

        double[] matrix = Data.Uniform<double>(10, 4), second = new double[10], alone = new double[10];
        SampleGroup<double> group = new() { Step = 0, Count = 2, BatchSize = 2, Scale = 1, MeasurementSet = 1 };
        source.Accumulate(in group, matrix, second);
        SampleGroup<double> first = new() { Step = 0, Count = 2, BatchSize = 2, Scale = 1 };
        new StoredMeasurements<double>(4, rows.AsSpan(20, 20), 1).Accumulate(in first, matrix, alone);
        Assert.Equal(alone, second);
    }

    [Fact]
    public void TheRipErrorIsThatOfTheStepsBatch()
    {
        double[] rows = Data.Uniform<double>(Rows * Length, 3), matrix = Data.Uniform<double>(Length, 4), error = new double[Length];
        RipError.Apply<double>(new StoredMeasurements<double>(Dimension, rows, 6), 20, 5, matrix, error);
        double[] gathered = [.. PlainRows.OfBatch(RowOrder.Shuffled, Rows, 20, 6, 0, 5).SelectMany(row => Row(rows, row))];
        double[] expected = new double[Length];
        RipError.Apply<double>(new StoredMeasurements<double>(Dimension, gathered, 6), 20, 0, matrix, expected);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void BatchesThatDoNotFitAreRefusedByName()
    {
        StoredMeasurements<double> shuffled = new(4, 20, 1), drawn = new(4, 20, 1, order: RowOrder.WithReplacement);
        ArgumentOutOfRangeException refusal = Refused(() => Add(shuffled, new() { Step = 0, Count = 5, BatchSize = 21, Scale = 1 }));
        Assert.Equal("group.BatchSize", refusal.ParamName);
        Assert.Contains(
            "'group.BatchSize' is 21; accepted is at most 20, the stored samples of a set, unless they are drawn with replacement.",
            refusal.Message,
            StringComparison.Ordinal);
        Add(drawn, new() { Step = 0, Count = 5, BatchSize = 21, Scale = 1 });
        foreach (SampleGroup<double> group in new SampleGroup<double>[]
        {
            new() { Step = 0, Count = 5, BatchSize = 4, Scale = 1 },
            new() { Step = 0, Count = 5, FirstSample = 6, BatchSize = 10, Scale = 1 },
            new() { Step = 0, Count = 5, BatchSize = -1, Scale = 1 },
        })
        {
            Assert.Equal("group.BatchSize", Refused(() => Add(shuffled, group)).ParamName);
        }

        Assert.Equal("samples", Refused(() => RipError.Apply<double>(shuffled, 21, 0, new double[10], new double[10])).ParamName);
        Assert.Equal("order", Refused(() => new StoredMeasurements<double>(4, 20, 1, order: (RowOrder)9)).ParamName);
        Assert.Equal("sets", Refused(() => new StoredMeasurements<double>(4, new double[20], 1, sets: 0)).ParamName);
        ArgumentException sets = Assert.Throws<ArgumentException>(() => new StoredMeasurements<double>(4, new double[50], 1, sets: 2));
        Assert.Equal("svecRows", sets.ParamName);
        Assert.Contains("50 elements; accepted is a positive multiple of sets·p = 20", sets.Message, StringComparison.Ordinal);

        static void Add(StoredMeasurements<double> source, SampleGroup<double> group)
            => source.Accumulate(in group, new double[10], new double[10]);

        static ArgumentOutOfRangeException Refused(Action call) => Assert.Throws<ArgumentOutOfRangeException>(call);
    }

    private static void Check<T>(RowOrder order, int batch, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using WorkerTeam team = new(degree);
        T[] rows = Data.Uniform<T>(Rows * Length, 3), matrix = Data.Uniform<T>(2 * Length, 4);
        StoredMeasurements<T> source = new(Dimension, rows, 6, team, order: order);
        for (int step = 0; step < 6; step++)
        {
            T[] gathered = [.. PlainRows.OfBatch(order, Rows, batch, 6, 0, step).SelectMany(row => Row(rows, row))];
            T[] expected = new T[2 * Length], actual = new T[2 * Length];
            SampleGroup<T> group = new() { Step = step, Count = batch, BatchSize = batch, Scale = 0.1 }, all = new() { Step = 0, Count = batch, Scale = 0.1 };
            source.Accumulate(in group, matrix, actual);
            new StoredMeasurements<T>(Dimension, gathered, 6).Accumulate(in all, matrix, expected);
            Assert.Equal(expected, actual);
        }
    }

    private static T[] Row<T>(T[] rows, long row) => rows[((int)row * Length)..(((int)row + 1) * Length)];
}
