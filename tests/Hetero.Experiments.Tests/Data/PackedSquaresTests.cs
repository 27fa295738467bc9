using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>Squares are trained on as what they are packed into, in memory or on the disk: with the bits of squares that the library packs itself.</summary>
public class PackedSquaresTests
{
    // Rows of 100 × 101/2 numbers: a file is written in parts of 51.
    private const int Dimension = 100, Samples = 120;

    [Theory]
    [InlineData(ArrayAccess.Automatic, 0)]
    [InlineData(ArrayAccess.Memory, 0)]
    [InlineData(ArrayAccess.Chunked, 2)]
    public void Squares_in_memory_and_on_the_disk_train_alike(ArrayAccess access, int files)
    {
        using DataFolder folder = new();
        double[][] squares = [Numbers(1, Samples * Dimension * Dimension), Numbers(2, Samples * Dimension * Dimension)], responses = [Numbers(3, Samples), Numbers(4, Samples)];
        for (int e = 0; e < 2; e++)
        {
            folder.Write($"x{e}.npy", squares[e], Samples, Dimension, Dimension);
            folder.Write($"y{e}.npy", responses[e], Samples);
        }

        folder.Write(
            "data.json",
            DataManifestJson.ToText(new DataManifest
            {
                Dimension = Dimension,
                Layout = MeasurementLayout.Square,
                Environments = [new("first", "x0.npy", "y0.npy"), new("second", "x1.npy", "y1.npy")],
            }));
        MeasuredData<double> own = new(Dimension, [new(squares[0], responses[0]), new(squares[1], responses[1])], MeasurementLayout.Square);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest, access);
        Assert.Equal(files > 0 ? 0 : 2L * Samples * Svec.Length(Dimension) * sizeof(double), data.PackedBytes);
        Assert.Throws<OperationCanceledException>(() => data.TrainingRows(new CancellationToken(canceled: true)));
        foreach (int threads in new[] { 1, 3 })
        {
            using WorkerTeam team = new(threads);
            Assert.Equal(Trained(own, null), Trained(data.CreateMeasurements(team: team), team));
        }

        // Once for all sources, and for a fit, whatever it holds out.
        Assert.Equal(files, data.PackedFiles);
        HeldOutSplit<double> split = HeldOutSplit<double>.Of(data, 0, 1), held = HeldOutSplit<double>.Of(data, 0.2, 1);
        Assert.Equal((MeasurementLayout.Svec, files), (split.Layout, data.PackedFiles));
        Assert.True(held.First[1].Measurements.Equals(split.Training[1].Measurements));
        Assert.True(split.Training[1].Measurements.Equals(data.TrainingRows()[1].Measurements));
        Assert.True(split.Training[1].Responses.Equals(data.Environments[1].Responses));
        data.Dispose();
        if (files > 0)
        {
            Assert.Throws<ObjectDisposedException>(() => split.Training[1].Measurements.Span[0]);
        }
    }

    private static double[] Trained(MeasuredData<double> source, WorkerTeam? team)
    {
        TrainingOptions options = new() { Seed = 1, Samples = 70, FactorColumns = 2, InitialScale = 0.1, StepSize = StepSizeSchedule.Constant(0.05) };
        HeteroSgd<double> trainer = new(source, options, team);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(6).Status);
        return trainer.Parameters.ToArray();
    }

    private static double[] Numbers(int seed, int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin((i + 1) * (0.7 + (0.1 * seed))))];
}
