using System.Numerics;
using Hetero.Core;
using Hetero.Experiments.Arrays;

namespace Hetero.Experiments.Data;

/// <summary>The measurements of a manifest alone, to predict their responses: those that it names are not opened, and it need not name any.</summary>
/// <remarks>Arrays that stand as they are needed are mapped: keep the files as they are for as long as this lives. Not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DataInputs<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DataArrays<T> _arrays;

    private DataInputs(string path, DataManifest manifest, ArrayAccess access, CancellationToken cancellation)
    {
        Manifest = manifest;
        _arrays = new DataArrays<T>(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", access);
        try
        {
            Measurements = [.. manifest.Environments.Select(environment => Read(environment, cancellation))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the manifest.</summary>
    public DataManifest Manifest { get; }

    /// <summary>Gets the measurements of each environment, in the manifest's order: a row for each, one at least, all numbers finite.</summary>
    public IReadOnlyList<NpyArray<T>> Measurements { get; }

    /// <summary>Opens them.</summary>
    /// <param name="path">The manifest, a JSON file.</param>
    /// <param name="access">How the numbers come into memory.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DataFileException">An array is not there or cannot be read, the manifest is none, or an array does not fit it; the message names the file, what was found and what is
    /// accepted.</exception>
    /// <exception cref="ArrayFileException">An array is none that can be read.</exception>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest must not be read.</exception>
    public static DataInputs<T> Open(string path, ArrayAccess access = ArrayAccess.Automatic, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Guard.Defined(access);
        return new DataInputs<T>(path, DataManifestFile.Read(path), access, cancellation);
    }

    /// <summary>Lets go of the files.</summary>
    public void Dispose() => _arrays.Dispose();

    private NpyArray<T> Read(DataEnvironment environment, CancellationToken cancellation)
    {
        NpyArray<T> array = _arrays.Open(environment.Measurements, cancellation);
        long rows = array.Shape.Count == 0 ? 0 : array.Shape[0];
        DataArrays<T>.CheckShape(array, DataShape.OfMeasurements(Manifest.Layout, Math.Max(1, rows), Manifest.Dimension), Manifest.Dimension, "one measurement or more");
        DataArrays<T>.CheckFinite(array, cancellation);
        return array;
    }
}
