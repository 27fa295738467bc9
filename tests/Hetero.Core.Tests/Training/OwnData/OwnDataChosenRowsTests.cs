using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Some of the rows of a memory, read where they are: whatever is computed with them has the bits of a copy.</summary>
[Collection(Allocations.Collection)]
public class OwnDataChosenRowsTests
{
    private static readonly int[][] Chosen =
    [
        // Few beside each other, many, in any order and twice, all.
        [0, 2, 5, 7, 8, 11, 13, 15],
        [1, 2, 3, 4, 9, 10, 11, 12, 13],
        [7, 3, 3, 14, 0, 1, 2, 9],
        [.. Enumerable.Range(0, 16)],
    ];

    public static TheoryData<MeasurementLayout, RowOrder, long> All()
    {
        TheoryData<MeasurementLayout, RowOrder, long> all = [];
        foreach (MeasurementLayout layout in Enum.GetValues<MeasurementLayout>())
        {
            foreach (RowOrder order in Enum.GetValues<RowOrder>())
            {
                all.Add(layout, order, 5);
                all.Add(layout, order, TrainingOptions.AllRows);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TheyTrainAndAreMeasuredAsACopyIs(MeasurementLayout layout, RowOrder order, long samples)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            // The svec of a 6×6 matrix is a vector of 21 numbers as well.
            bool isVector = layout == MeasurementLayout.Vector;
            int dimension = isVector ? 21 : 6;
            EnvironmentSamples<T>[] all = OwnData.Make(layout, 6, 3, 16, 16).Samples<T>(isVector ? MeasurementLayout.Svec : layout);
            using WorkerTeam team = new(3);
            foreach (int[] rows in Chosen)
            {
                MeasuredData<T> copied = Of(e => Copied(all[e], rows), null), own = Of(e => In(all[e], rows), null), onTeam = Of(e => In(all[e], rows), team);
                Assert.Equal(rows.Length, own.GetSampleCount(1));
                HeteroSgd<T> expected = Trainer(copied), found = Trainer(own), other = Trainer(onTeam);
                expected.Run(6);
                found.Run(6);
                other.Run(6);
                Assert.True(Data.SameBits(expected.Parameters, found.Parameters));
                Assert.True(Data.SameBits(expected.Parameters, other.Parameters));
                T[] matrix = [.. Data.Uniform<double>(own.SvecLength, 8).Select(T.CreateTruncating)];
                Assert.Equal(copied.Risk(1, matrix), own.Risk(1, matrix));

                // A state of one is one of the other: the hash of the rows is that of their copy.
                HeteroSgd<T> continued = Trainer(own);
                continued.Restore(SavedRun.Of(expected));
                Assert.Equal(6, continued.Step);
            }

            MeasuredData<T> Of(Func<int, EnvironmentSamples<T>> samplesOf, WorkerTeam? threads)
                => new(dimension, [samplesOf(0), samplesOf(1)], layout, order: order, seed: 9, team: threads);

            HeteroSgd<T> Trainer(MeasuredData<T> data)
                => new(
                    data,
                    new TrainingOptions { Seed = 4, Samples = samples, InitialScale = 0.3, StepSize = StepSizeSchedule.Constant(0.01) },
                    parts: isVector ? new TrainingParts<T> { Model = new SquareModel<T>(dimension, 0.3) } : null);
        }
    }

    [Fact]
    public void OtherRowsAreAnotherRun()
    {
        EnvironmentSamples<double>[] all = OwnData.Make(6, 3, 16, 16).Samples<double>(MeasurementLayout.Svec);
        HeteroSgd<double> first = Trainer([0, 2, 4, 6]);
        first.Run(1);
        Assert.Equal("environments[0].Measurements", Assert.Throws<RunMismatchException>(() => Trainer([0, 2, 4, 7]).Restore(SavedRun.Of(first))).Name);

        HeteroSgd<double> Trainer(int[] rows)
            => new(new MeasuredData<double>(6, [new(all[0].Measurements, all[0].Responses[..4]) { Rows = rows }, all[1]]), new TrainingOptions { Seed = 4, Samples = 4 });
    }

    [Fact]
    public void AStepOnThemAllocatesNothing()
    {
        foreach (int[] rows in Chosen)
        {
            EnvironmentSamples<double>[] all = OwnData.Make(6, 3, 16, 16).Samples<double>(MeasurementLayout.Svec);
            HeteroSgd<double> trainer = new(
                new MeasuredData<double>(6, [In(all[0], rows), all[1]]), new TrainingOptions { Seed = 4, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(1e-4) });
            trainer.Run(30);
            Assert.Equal(0, Allocations.Of(() => trainer.Run(3)));
        }
    }

    [Fact]
    public void RowsThatAreNotThereAreRefusedByName()
    {
        double[] x = Data.Uniform<double>(40, 1), y = Data.Uniform<double>(2, 2);
        Refused("'environments[0].Rows' is 4; accepted is from 0 to 3.", x, [0, 4]);
        Refused("'environments[0].Rows' is -1; accepted is from 0 to 3.", x, [-1, 1]);
        Refused("'environments[0].Rows' has 3 elements; accepted is exactly 2.", x, [0, 1, 2]);
        Refused("'environments[0].Measurements' has 39 elements; accepted is a multiple of 10.", x[..39], [0, 1]);

        // A number that nobody reads may be any.
        x[25] = double.NaN;
        _ = Measured(x, [0, 3]);
        Refused("'environments[0].Measurements'", x, [0, 2]);

        MeasuredData<double> Measured(double[] numbers, int[] rows) => new(4, [new(numbers, y) { Rows = rows }]);

        void Refused(string message, double[] numbers, int[] rows)
            => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => Measured(numbers, rows)).Message, StringComparison.Ordinal);
    }

    private static EnvironmentSamples<T> In<T>(EnvironmentSamples<T> all, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(all.Measurements, Copied(all, rows).Responses) { Rows = rows };

    private static EnvironmentSamples<T> Copied<T>(EnvironmentSamples<T> all, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = all.Measurements.Length / all.Responses.Length;
        return new(rows.SelectMany(row => all.Measurements.Slice(row * width, width).ToArray()).ToArray(), rows.Select(row => all.Responses.Span[row]).ToArray());
    }
}
