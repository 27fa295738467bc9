using System.IO.Compression;
using System.Numerics;

namespace Hetero.Experiments.Arrays;

/// <summary>Writes a NumPy <c>.npz</c> archive, array by array, uncompressed as <c>np.savez</c> does. The same arrays give the same bytes.</summary>
public sealed class NpzWriter : IDisposable
{
    // The earliest time that a zip file can say: when something was written is no part of what it is.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Begins an archive.</summary>
    /// <param name="stream">Where to; stays open.</param>
    public NpzWriter(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Writes an array.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="name">Its name, without <c>.npy</c>: not empty, not used before.</param>
    /// <param name="numbers">The numbers, the last index fastest.</param>
    /// <param name="shape">The sizes, the outermost first.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or the numbers are more or fewer than the sizes say.</exception>
    public void Write<T>(string name, ReadOnlySpan<T> numbers, params ReadOnlySpan<long> shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_names.Add(name))
        {
            throw new ArgumentException($"'{nameof(name)}' is '{Values.Shown.Of(name)}', which is written already; accepted is another.", nameof(name));
        }

        ZipArchiveEntry entry = _archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = Time;
        using Stream stream = entry.Open();
        NpyWriter<T>.Write(stream, numbers, shape);
    }

    /// <summary>Writes the directory at the end.</summary>
    public void Dispose() => _archive.Dispose();
}
