using System.Numerics;
using System.Text;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>A data set in a folder of its own, which is removed with it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string ManifestName = "data.json";

    /// <summary>Makes an empty folder.</summary>
    /// <param name="parent">Where.</param>
    /// <param name="name">Its name, to which the number of this process is added.</param>
    public DataFolder(string parent, string name)
        => Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, FormattableString.Invariant($"{name}-{Environment.ProcessId}"))).FullName;

    public string Path { get; }

    /// <summary>Gets the manifest's file.</summary>
    public string Manifest => System.IO.Path.Combine(Path, ManifestName);

    /// <summary>Writes what a recipe makes, in the place of what was there.</summary>
    /// <typeparam name="T">float or double, the precision of the files.</typeparam>
    /// <param name="recipe">The recipe; its samples are the rows of each environment.</param>
    /// <param name="threads">How many threads make rows; the bytes are the same.</param>
    /// <param name="toDisk">Whether the measurements are on the disk when it returns.</param>
    public void Write<T>(RunRecipe recipe, int threads, bool toDisk = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GeneratedData<T> data = new(recipe);
        for (int e = 0; e < data.Manifest.Environments.Count; e++)
        {
            DataEnvironment names = data.Manifest.Environments[e];
            using FileStream measurements = Create(names.Measurements), responses = Create(names.Responses!);
            data.WriteEnvironment(e, measurements, responses, threads);
            measurements.Flush(toDisk);
        }

        using FileStream truth = Create(data.Manifest.Truth!);
        data.WriteTruth(truth);
        File.WriteAllText(Manifest, DataManifestJson.ToText(data.Manifest), new UTF8Encoding(false));
    }

    /// <summary>Removes the folder and all in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private FileStream Create(string name) => File.Create(System.IO.Path.Combine(Path, name));
}
