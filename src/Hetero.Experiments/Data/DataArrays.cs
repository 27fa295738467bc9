using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Experiments.Arrays;

namespace Hetero.Experiments.Data;

/// <summary>The arrays that a manifest names, with the archives that some of them are in. Not thread-safe.</summary>
/// <param name="folder">The folder that names are relative to.</param>
/// <param name="access">How the numbers come into memory.</param>
internal sealed class DataArrays<T>(string folder, ArrayAccess access) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Numbers that are looked at between two questions whether to go on.
    private const int PartLength = 1 << 20;

    private readonly List<NpyArray<T>> _arrays = [];
    private readonly Dictionary<string, NpzArchive> _archives = new(StringComparer.Ordinal);

    /// <summary>Gets the bytes of memory that what comes next may take.</summary>
    public long Budget { get; private set; } = access == ArrayAccess.Chunked ? 0 : NpyArray<T>.DefaultBudget;

    /// <summary>Gets how many of the arrays are used where their files have them.</summary>
    public int Mapped => _arrays.Count(array => array.IsMapped);

    /// <summary>Opens an array.</summary>
    /// <exception cref="DataFileException">It is not there, or the system refuses it.</exception>
    /// <exception cref="ArrayFileException">It is none that can be read.</exception>
    public NpyArray<T> Open(string name, CancellationToken cancellation)
    {
        (string file, string? inArchive) = ArrayName.Of(folder, name);
        NpyArray<T> array;
        if (inArchive is null)
        {
            array = Opened(file, () => NpyArray<T>.Open(file, access, Budget, cancellation));
        }
        else
        {
            if (!_archives.TryGetValue(file, out NpzArchive? archive))
            {
                _archives.Add(file, archive = Opened(file, () => NpzArchive.Open(file)));
            }

            array = Opened(file, () => archive.Read<T>(inArchive, cancellation));
        }

        _arrays.Add(array);
        Budget -= array.MemoryBytes;
        return array;
    }

    /// <summary>Refuses numbers that are not finite, by the first of them.</summary>
    public static void CheckFinite(NpyArray<T> array, CancellationToken cancellation)
    {
        ReadOnlySpan<T> numbers = array.Memory.Span, rest = numbers;
        for (; !rest.IsEmpty; rest = rest[Math.Min(PartLength, rest.Length)..])
        {
            cancellation.ThrowIfCancellationRequested();
            if (!TensorPrimitives.IsFiniteAll(rest[..Math.Min(PartLength, rest.Length)]))
            {
                break;
            }
        }

        if (rest.IsEmpty)
        {
            return;
        }

        int place = numbers.Length - rest.Length;
        while (T.IsFinite(numbers[place]))
        {
            place++;
        }

        long perRow = array.Shape.Count == 0 ? 1 : numbers.Length / array.Shape[0];
        throw new DataFileException(
            array.File,
            FormattableString.Invariant($"has {numbers[place]} in row {place / perRow}, at place {place % perRow} of it, both counted from 0"),
            "finite numbers");
    }

    /// <summary>Refuses an array of another shape.</summary>
    public static void CheckShape(NpyArray<T> array, long[] shape, int dimension, string what)
    {
        if (!array.Shape.SequenceEqual(shape))
        {
            throw Misfit(array, FormattableString.Invariant($"{NpyHeader.ShapeText(shape)}, for dimension {dimension} and {what}"));
        }
    }

    public static DataFileException Misfit(NpyArray<T> array, string accepted)
        => new(array.File, $"has the shape {NpyHeader.ShapeText(array.Shape)}", accepted);

    /// <summary>Lets go of the files.</summary>
    public void Dispose()
    {
        _arrays.ForEach(array => array.Dispose());
        foreach (NpzArchive archive in _archives.Values)
        {
            archive.Dispose();
        }
    }

    /// <summary>Opens an array's file; what the system says against it becomes a line that names the file.</summary>
    private static TFile Opened<TFile>(string path, Func<TFile> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "is not there",
                UnauthorizedAccessException => Directory.Exists(path) ? "is a directory" : "must not be read",
                _ => $"cannot be read ({Values.Shown.Of(exception.Message.ReplaceLineEndings(" ").TrimEnd('.'))})",
            };
            throw new DataFileException(path, reason, "an array (.npy, or .npz:name) that is there and can be read, named relative to the manifest", exception);
        }
    }
}
