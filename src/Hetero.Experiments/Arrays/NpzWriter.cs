using System.IO.Compression;
using System.Numerics;
using System.Text;
using Hetero.Core;

namespace Hetero.Experiments.Arrays;

/// <summary>Writes a NumPy <c>.npz</c> archive, array by array, uncompressed as <c>np.savez</c> does. The same arrays give the same bytes.</summary>
public sealed class NpzWriter : IDisposable
{
    // The earliest time that a zip file can say: when something was written is no part of what it is.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Suffix = ".npy";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
    /// <param name="name">Its name, without <c>.npy</c>: not empty, not used before, with <c>.npy</c> at most 65,535 bytes of UTF-8.</param>
    /// <param name="numbers">The numbers, the last index fastest.</param>
    /// <param name="shape">The sizes, the outermost first.</param>
    /// <exception cref="ArgumentException">The name is empty, taken, too long or no text, or the numbers are more or fewer than the sizes say; nothing has been written then.</exception>
    public void Write<T>(string name, ReadOnlySpan<T> numbers, params ReadOnlySpan<long> shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckName(name);
        Guard.Length(numbers.Length, NpyWriter<T>.CountOf(shape), nameof(numbers));
        if (!_names.Add(name))
        {
            throw new ArgumentException($"'{nameof(name)}' is '{Values.Shown.Of(name)}', which is written already; accepted is another.", nameof(name));
        }

        ZipArchiveEntry entry = _archive.CreateEntry($"{name}{Suffix}", CompressionLevel.NoCompression);
        entry.LastWriteTime = Time;
        using Stream stream = entry.Open();
        NpyWriter<T>.Write(stream, numbers, shape);
    }

    /// <summary>Writes the directory at the end.</summary>
    public void Dispose() => _archive.Dispose();

    /// <summary>Refuses what an archive cannot say: two names with halves of surrogate pairs would be written as one.</summary>
    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int bytes;
        try
        {
            bytes = Strict.GetByteCount(name) + Suffix.Length;
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"'{nameof(name)}' is '{Values.Shown.Of(name)}'; accepted is a text, without half of a surrogate pair.", nameof(name), exception);
        }

        if (bytes > ushort.MaxValue)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(name)}' has {bytes} bytes of UTF-8 with '{Suffix}'; accepted are at most {ushort.MaxValue}."), nameof(name));
        }
    }
}
