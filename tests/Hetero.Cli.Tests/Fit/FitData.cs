using Hetero.Cli.Tests.Support;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Tests.Fit;

/// <summary>A small data set in a directory of a test: d = 4, s = −2 and 4, without noise.</summary>
internal static class FitData
{
    public static string Make(TemporaryDirectory directory, int rows = 200, int environments = 2)
    {
        RunRecipe recipe = new()
        {
            Dimension = 4,
            Orthogonal = true,
            Environments = new EnvironmentRecipe { List = [new ListedEnvironment([-2]), new ListedEnvironment([4])] },
        };
        DataGenerator generator = new(recipe);
        for (int e = 0; e < environments; e++)
        {
            double[] x = new double[rows * generator.RowLength], y = new double[rows];
            generator.Fill<double>(e, 0, x, y);
            Write($"x{e}.npy", x, rows, generator.RowLength);
            Write($"y{e}.npy", y, rows);
        }

        double[] truth = new double[16];
        Svec.Unpack(generator.Invariant, new MatrixSpan<double>(truth, 4, 4));
        Write("truth.npy", truth, 4, 4);
        return directory.Write("data.json", DataManifestJson.ToText(new DataManifest
        {
            Dimension = 4,
            Layout = MeasurementLayout.Svec,
            Environments = [.. new[] { new DataEnvironment("north", "x0.npy", "y0.npy"), new("south", "x1.npy", "y1.npy") }.Take(environments)],
            Truth = "truth.npy",
        }));

        void Write(string name, double[] numbers, params long[] shape)
        {
            using FileStream stream = File.Create(directory.File(name));
            NpyWriter<double>.Write(stream, numbers, shape);
        }
    }
}
