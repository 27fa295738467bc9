using System.IO.Compression;
using System.Numerics;

namespace Hetero.Experiments.Arrays;

/// <summary>
/// A NumPy <c>.npz</c> archive: a zip file with a <c>.npy</c> array for each name, compressed or not. Arrays are read into memory.
/// </summary>
public sealed class NpzArchive : IDisposable
{
    private const string Accepted = "a NumPy archive (.npz) as np.savez or np.savez_compressed writes it";
    private const string Suffix = ".npy";

    // Deflate reaches 1030 on zeros; numbers that somebody measured hardly reach 2. A declared size beyond that is a bomb, or an array that says nothing.
    private const long MostRatio = 200;
    private const int MostArrays = 1 << 16;

    private readonly string _file;
    private readonly FileStream _stream;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private NpzArchive(string file, FileStream stream, ZipArchive archive) => (_file, _stream, _archive) = (file, stream, archive);

    /// <summary>Gets the names of the arrays, without <c>.npy</c>, in the order of the archive.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens an archive and reads its directory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArrayFileException">The file is no such archive.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NpzArchive Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = SizedFile.Open(path, bufferSize: 4096) ?? throw new ArrayFileException(path, "has no length, as a pipe has none", Accepted);
        try
        {
            NpzArchive archive = new(path, stream, new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
            archive.ReadDirectory();
            return archive;
        }
        catch (Exception exception) when (IsOfTheContent(exception))
        {
            stream.Dispose();
            throw new ArrayFileException(path, "is no zip file, or a damaged one", Accepted, exception);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ArrayFileException">There is no such array, or it cannot be read; the message says why.</exception>
    /// <exception cref="ObjectDisposedException">The archive is closed.</exception>
    /// <exception cref="ObjectDisposedException">The archive is closed.</exception>
    public NpyArray<T> Read<T>(string name, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(!_stream.CanRead, this);
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw new ArrayFileException(_file, $"has no array '{Values.Shown.Of(name)}'", _entries.Count == 0 ? Accepted : $"one of {Values.Shown.Of(string.Join(", ", _entries.Keys))}");
        }

        string shown = $"{_file}:{name}";
        if (entry.Length > MostRatio * Math.Max(1, entry.CompressedLength))
        {
            throw new ArrayFileException(
                shown,
                FormattableString.Invariant($"would be {entry.Length} bytes from {entry.CompressedLength}"),
                FormattableString.Invariant($"at most {MostRatio} times as many; store it without compression (np.savez)"));
        }

        try
        {
            using Stream stream = entry.Open();
            NpyHeader header = NpyHeader.Read(stream, shown);
            if (entry.Length - header.DataOffset != header.DataBytes)
            {
                throw new ArrayFileException(
                    shown,
                    FormattableString.Invariant($"has {entry.Length - header.DataOffset} bytes of numbers"),
                    FormattableString.Invariant($"{header.DataBytes}, as its shape {NpyHeader.ShapeText(header.Shape)} of f{header.ElementSize} needs"));
            }

            NpyArray<T> array = NpyArray<T>.Read(stream, shown, header, cancellation);

            // The checksum is compared at the end of the stream.
            return stream.ReadByte() < 0 ? array : throw new ArrayFileException(shown, "is longer than the archive says", Accepted);
        }
        catch (Exception exception) when (IsOfTheContent(exception))
        {
            throw new ArrayFileException(shown, "is damaged in its archive", Accepted, exception);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _archive.Dispose();
        _stream.Dispose();
    }

    private void ReadDirectory()
    {
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            if (!entry.FullName.EndsWith(Suffix, StringComparison.Ordinal))
            {
                throw new ArrayFileException(_file, $"has '{Values.Shown.Of(entry.FullName)}' in it, which is no array", Accepted);
            }

            if (!_entries.TryAdd(entry.FullName[..^Suffix.Length], entry))
            {
                throw new ArrayFileException(_file, $"has '{Values.Shown.Of(entry.FullName)}' twice", "every name once");
            }

            if (_entries.Count > MostArrays)
            {
                throw new ArrayFileException(_file, FormattableString.Invariant($"has more than {MostArrays} arrays"), "fewer");
            }
        }
    }

    // What the readers of the runtime throw for bytes that are no archive, or not those that its directory announced.
    private static bool IsOfTheContent(Exception exception)
        => exception is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentException or InvalidOperationException
            or IndexOutOfRangeException
            && exception is not ObjectDisposedException;
}
