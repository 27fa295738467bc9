using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Experiments.Arrays;

/// <summary>
/// An array of a NumPy <c>.npy</c> file: versions 1.0, 2.0, 3.0, of f4 or f8, of either byte order and order of indices. What it gives has the last index fastest
/// (C order), in the precision asked for.
/// </summary>
/// <remarks>
/// <para>A mapped array reads its pages when they are first used. The file must stay as it is for so long: what another process writes into it is seen, and where
/// another process cuts it short the system ends this one.</para>
/// <para>f8 read as float is rounded to the nearest; a number beyond the range of float is refused. Infinities and NaN are read as they are.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NpyArray<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Reads of this size keep a disk busy; what is converted stays in the second-level cache.
    private const int ChunkBytes = 1 << 18;

    private readonly MappedMemory<T>? _mapped;

    private NpyArray(string file, IReadOnlyList<long> shape, ReadOnlyMemory<T> memory, MappedMemory<T>? mapped = null)
        => (File, Shape, Memory, _mapped) = (file, shape, memory, mapped);

    /// <summary>Gets the name of the file.</summary>
    public string File { get; }

    /// <summary>Gets the sizes, the outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Gets the numbers, the last index fastest; not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<T> Memory { get; }

    /// <summary>Gets whether the numbers are used where the file has them.</summary>
    public bool IsMapped => _mapped is not null;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="access">How the numbers come into memory.</param>
    /// <param name="cancellation">Ends the reading between two chunks.</param>
    /// <exception cref="ArrayFileException">The file is no such array, is longer or shorter than it says, or has more than 2³¹ numbers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NpyArray<T> Open(string path, ArrayAccess access = ArrayAccess.Automatic, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = SizedFile.Open(path) ?? throw new ArrayFileException(path, "has no length, as a pipe has none", NpyHeader.Accepted);
        NpyHeader header = NpyHeader.Read(stream, path);
        long rest = stream.Length - header.DataOffset;
        if (rest != header.DataBytes)
        {
            throw Length(path, header, FormattableString.Invariant($"{rest}"));
        }

        bool asItIs = NpyConversion.IsNone<T>(header) && header.DataOffset % Unsafe.SizeOf<T>() == 0;
        if (access == ArrayAccess.Mapped && !asItIs)
        {
            throw new ArrayFileException(
                path,
                "cannot be mapped",
                FormattableString.Invariant($"f{Unsafe.SizeOf<T>()} in the byte order of this machine, the last index fastest (in NumPy: np.ascontiguousarray(x, 'f{Unsafe.SizeOf<T>()}'))"));
        }

        if (access == ArrayAccess.Memory || !asItIs || header.Count == 0)
        {
            return Read(stream, path, header, cancellation);
        }

        MappedMemory<T> mapped = new(stream, header.DataOffset, LengthOf(path, header));
        return new NpyArray<T>(path, header.Shape, mapped.Memory, mapped);
    }

    /// <summary>Reads the numbers behind a header, not one byte beyond them.</summary>
    internal static NpyArray<T> Read(Stream stream, string file, NpyHeader header, CancellationToken cancellation)
    {
        T[] numbers = new T[LengthOf(file, header)];
        byte[] bytes = new byte[(int)Math.Min(ChunkBytes, header.DataBytes)];
        int perChunk = Math.Max(1, bytes.Length / header.ElementSize);
        FortranOrder? order = header.IsFortranOrder ? new FortranOrder(header.Shape) : null;
        T[] scattered = order is null ? [] : new T[perChunk];
        for (long first = 0; first < numbers.Length; first += perChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(perChunk, numbers.Length - first);
            Span<byte> chunk = bytes.AsSpan(0, count * header.ElementSize);
            int read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
            if (read < chunk.Length)
            {
                throw Length(file, header, FormattableString.Invariant($"{(first * header.ElementSize) + read}"));
            }

            Span<T> destination = order is null ? numbers.AsSpan((int)first, count) : scattered.AsSpan(0, count);
            int lost = NpyConversion.Convert(header, chunk, destination);
            if (lost >= 0)
            {
                throw new ArrayFileException(
                    file, FormattableString.Invariant($"has a number beyond the range of float, number {first + lost + 1} of the file"), "numbers below 3.4e38, or double precision");
            }

            order?.Scatter<T>(destination, numbers);
        }

        return new NpyArray<T>(file, header.Shape, numbers);
    }

    /// <summary>Lets go of a mapped file.</summary>
    public void Dispose() => ((IDisposable?)_mapped)?.Dispose();

    private static int LengthOf(string file, NpyHeader header)
        => header.Count <= Array.MaxLength
            ? (int)header.Count
            : throw new ArrayFileException(file, FormattableString.Invariant($"has {header.Count} numbers"), FormattableString.Invariant($"at most {Array.MaxLength}"));

    private static ArrayFileException Length(string file, NpyHeader header, string found)
        => new(
            file,
            $"has {found} bytes of numbers",
            FormattableString.Invariant($"{header.DataBytes}, as its shape {NpyHeader.ShapeText(header.Shape)} of f{header.ElementSize} needs"));
}
