using System.Text;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Tests.Data;

/// <summary>A folder with a data set, made by a recipe or spoilt by a test.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hetero-data-");

    public string Manifest => PathOf("data.json");

    /// <summary>Two environments of d = 4, s = 1 ± 3, 30 samples each, in svec layout.</summary>
    public static RunRecipe Recipe { get; } = new() { Dimension = 4, InvariantRank = 1, SpuriousRank = 1, SpuriousMean = 1, Spread = 3, Orthogonal = true, Seed = 5 };

    public static DataFolder Make(int samples = 30, double noise = 0, ulong seed = 5)
    {
        DataFolder folder = new();
        RunRecipe recipe = Recipe with { Noise = noise, Seed = seed };
        DataGenerator generator = new(recipe);
        for (int e = 0; e < generator.EnvironmentCount; e++)
        {
            double[] x = new double[samples * generator.RowLength], y = new double[samples];
            generator.Fill<double>(e, 0, x, y);
            folder.Write($"x{e}.npy", x, samples, generator.RowLength);
            folder.Write($"y{e}.npy", y, samples);
        }

        folder.Write("data.json", DataManifestJson.ToText(new DataManifest
        {
            Dimension = 4,
            Layout = MeasurementLayout.Svec,
            Environments = [new("low", "x0.npy", "y0.npy"), new("high", "x1.npy", "y1.npy")],
            Recipe = recipe,
        }));
        return folder;
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text, new UTF8Encoding(false));

    public void Write(string name, double[] numbers, params long[] shape)
    {
        using FileStream stream = File.Create(PathOf(name));
        NpyWriter<double>.Write(stream, numbers, shape);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
