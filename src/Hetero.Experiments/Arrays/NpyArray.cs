using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core;

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
    // What is converted in memory of its own, of the memory that the process may use.
    private const int MemoryShare = 4;

    private readonly MappedMemory<T>? _mapped;

    private NpyArray(string file, IReadOnlyList<long> shape, ReadOnlyMemory<T> memory)
        => (File, Shape, Memory) = (file, shape, memory);

    private NpyArray(string file, IReadOnlyList<long> shape, MappedMemory<T> mapped, bool isMapped)
        : this(file, shape, mapped.Memory) => (_mapped, IsMapped) = (mapped, isMapped);

    /// <summary>Gets the name of the file.</summary>
    public string File { get; }

    /// <summary>Gets the sizes, the outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Gets the numbers, the last index fastest; not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<T> Memory { get; }

    /// <summary>Gets whether the numbers are used where the file has them.</summary>
    public bool IsMapped { get; }

    /// <summary>The bytes of memory that the numbers take: 0 where they are mapped.</summary>
    internal long MemoryBytes => _mapped is null ? (long)Memory.Length * Unsafe.SizeOf<T>() : 0;

    /// <summary>The bytes of memory that arrays are converted in, where nobody says how.</summary>
    internal static long DefaultBudget => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="access">How the numbers come into memory.</param>
    /// <param name="cancellation">Ends the reading between two chunks.</param>
    /// <exception cref="ArrayFileException">The file is no such array, is longer or shorter than it says, or has more than 2³¹ numbers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NpyArray<T> Open(string path, ArrayAccess access = ArrayAccess.Automatic, CancellationToken cancellation = default)
        => Open(path, access, DefaultBudget, cancellation);

    /// <summary>Opens a file, with a number of bytes that it may be converted in where nobody says how.</summary>
    internal static NpyArray<T> Open(string path, ArrayAccess access, long budget, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Guard.Defined(access);
        using FileStream stream = SizedFile.Open(path) ?? throw new ArrayFileException(path, "has no length, as a pipe has none", NpyHeader.Accepted);
        NpyHeader header = NpyHeader.Read(stream, path);
        long rest = stream.Length - header.DataOffset;
        if (rest != header.DataBytes)
        {
            throw NpyReader<T>.Length(path, header, FormattableString.Invariant($"{rest}"));
        }

        bool asItIs = NpyConversion.IsNone<T>(header) && header.DataOffset % Unsafe.SizeOf<T>() == 0;
        if (access == ArrayAccess.Mapped && !asItIs)
        {
            throw new ArrayFileException(
                path,
                "cannot be mapped",
                FormattableString.Invariant($"f{Unsafe.SizeOf<T>()} in the byte order of this machine, the last index fastest (in NumPy: np.ascontiguousarray(x, 'f{Unsafe.SizeOf<T>()}'))"));
        }

        int length = LengthOf(path, header);
        if (length > 0 && asItIs && access != ArrayAccess.Memory)
        {
            return new NpyArray<T>(path, header.Shape, new MappedMemory<T>(stream, header.DataOffset, length), isMapped: true);
        }

        bool isLarge = access == ArrayAccess.Automatic && (long)length * Unsafe.SizeOf<T>() > budget;
        return length > 0 && (isLarge || access == ArrayAccess.Chunked)
            ? new NpyArray<T>(path, header.Shape, ConvertedFile.Map<T>(stream, path, header, length, cancellation), isMapped: false)
            : Read(stream, path, header, cancellation);
    }

    /// <summary>Reads the numbers behind a header, not one byte beyond them.</summary>
    internal static NpyArray<T> Read(Stream stream, string file, NpyHeader header, CancellationToken cancellation)
    {
        T[] numbers = new T[LengthOf(file, header)];
        NpyReader<T> reader = new(stream, file, header);
        FortranOrder? order = header.IsFortranOrder ? new FortranOrder(header.Shape) : null;
        T[] scattered = order is null ? [] : new T[reader.ChunkLength];
        for (long first = 0; first < numbers.Length; first += reader.ChunkLength)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(reader.ChunkLength, numbers.Length - first);
            Span<T> destination = order is null ? numbers.AsSpan((int)first, count) : scattered.AsSpan(0, count);
            reader.Read(first, destination);
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
}
