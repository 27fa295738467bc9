using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;

namespace Hetero.Experiments.Data;

/// <summary>
/// The data of several environments from files: a manifest (<see cref="DataManifest"/>) and the NumPy arrays that it names. Everything is checked when it is
/// opened, so that what <see cref="CreateMeasurements"/> refuses is not the files' doing.
/// </summary>
/// <remarks>Arrays that stand as they are needed are mapped: keep the files as they are for as long as this lives. Not thread-safe.</remarks>
/// <typeparam name="T">float or double, the precision to compute in.</typeparam>
public sealed class DataSet<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostManifestBytes = 1 << 26;

    // Numbers that are looked at between two questions whether to go on.
    private const int PartLength = 1 << 20;

    // Of the largest entry: what rounding of products in single precision leaves.
    private const double RoundingAsymmetry = 1e-6;

    private readonly List<NpyArray<T>> _arrays = [];
    private readonly Dictionary<string, NpzArchive> _archives = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly EnvironmentSamples<T>[] _samples;
    private PackedSquares<T>? _packed;
    private long _budget;

    private DataSet(string path, DataManifest manifest, ArrayAccess access, CancellationToken cancellation)
    {
        (File, Manifest, _folder) = (path, manifest, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        _samples = new EnvironmentSamples<T>[manifest.Environments.Count];
        _budget = access == ArrayAccess.Chunked ? 0 : NpyArray<T>.DefaultBudget;
        try
        {
            for (int e = 0; e < _samples.Length; e++)
            {
                _samples[e] = Read(manifest.Environments[e], access, cancellation);
            }

            if (manifest.Truth is { } truth)
            {
                NpyArray<T> matrix = OpenArray(truth, access, cancellation);
                CheckShape(matrix, [manifest.Dimension, manifest.Dimension], "A*");
                CheckFinite(matrix, cancellation);
                Truth = matrix.Memory;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the manifest's file.</summary>
    public string File { get; }

    /// <summary>Gets the manifest.</summary>
    public DataManifest Manifest { get; }

    /// <summary>Gets the environments' data, in the manifest's order.</summary>
    public IReadOnlyList<EnvironmentSamples<T>> Environments => _samples;

    /// <summary>Gets A*, row after row, where the manifest names it; else nothing.</summary>
    public ReadOnlyMemory<T> Truth { get; }

    /// <summary>Gets how many of the arrays are used where their files have them.</summary>
    public int MappedArrays => _arrays.Count(array => array.IsMapped);

    /// <summary>Gets how many matrices, of those laid out as squares, are not symmetric, beyond rounding in single precision (10⁻⁶ of their largest entry): their symmetric part counts.</summary>
    public long AsymmetricMatrices { get; private set; }

    /// <summary>Gets the largest |X_ij − X_ji| of these matrices, in units of the matrix's largest entry; 0 without any.</summary>
    public double LargestAsymmetry { get; private set; }

    /// <summary>How rows to train on stand: squares have been packed.</summary>
    internal MeasurementLayout TrainingLayout => IsSquare ? MeasurementLayout.Svec : Manifest.Layout;

    /// <summary>How many temporary files squares have been packed into.</summary>
    internal int PackedFiles => _packed?.Files ?? 0;

    /// <summary>The bytes of memory that packed squares take.</summary>
    internal long PackedBytes => IsSquare ? PackedSquares<T>.MemoryBytes(this, _budget) : 0;

    private bool IsSquare => Manifest.Layout == MeasurementLayout.Square;

    /// <summary>Opens a data set.</summary>
    /// <param name="path">The manifest, a JSON file.</param>
    /// <param name="access">How the numbers come into memory.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DataFileException">An array is not there or cannot be read, the manifest is none, or an array does not fit
    /// it; the message names the file, what was found and what is accepted.</exception>
    /// <exception cref="ArrayFileException">An array is none that can be read.</exception>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest must not be read.</exception>
    public static DataSet<T> Open(string path, ArrayAccess access = ArrayAccess.Automatic, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Guard.Defined(access);
        using FileStream stream = SizedFile.Open(path) ?? throw new DataFileException(path, "has no length, as a pipe has none", "a manifest, a file (JSON)");
        byte[] text = new byte[Math.Min(stream.Length, MostManifestBytes + 1)];
        int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length > MostManifestBytes
            ? throw new DataFileException(path, "is larger than a manifest", "a manifest (JSON) of at most 64 MiB")
            : new DataSet<T>(path, DataManifestJson.Parse(text.AsMemory(0, length), path), access, cancellation);
    }

    /// <summary>Makes the source to train on.</summary>
    /// <param name="order">Which rows a batch takes.</param>
    /// <param name="seed">The seed of the order of the rows.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <remarks>Squares are packed once, for all sources: into memory while that takes a quarter of what the process may use, beyond into temporary files, which are gone with this.</remarks>
    /// <exception cref="ArrayFileException">The folder of temporary files has no room.</exception>
    public MeasuredData<T> CreateMeasurements(RowOrder order = RowOrder.Shuffled, ulong seed = 0, WorkerTeam? team = null)
        => new(Manifest.Dimension, TrainingRows(), TrainingLayout, Probabilities(), order, seed, team);

    /// <summary>The rows to train on: where they stand, or packed.</summary>
    /// <exception cref="ArrayFileException">The folder of temporary files has no room.</exception>
    internal EnvironmentSamples<T>[] TrainingRows(CancellationToken cancellation = default)
        => IsSquare ? (_packed ??= new PackedSquares<T>(this, _budget, cancellation)).Environments : _samples;

    /// <summary>Lets go of the files.</summary>
    public void Dispose()
    {
        _packed?.Dispose();
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

    private double[] Probabilities()
        => [.. Manifest.Environments.Where(environment => environment.Probability.HasValue).Select(environment => environment.Probability!.Value)];

    private EnvironmentSamples<T> Read(DataEnvironment environment, ArrayAccess access, CancellationToken cancellation)
    {
        NpyArray<T> measurements = OpenArray(environment.Measurements, access, cancellation), responses = OpenArray(environment.Responses, access, cancellation);
        if (responses.Shape.Count != 1 || responses.Shape[0] == 0)
        {
            throw Misfit(responses, "a response for each measurement, (n,) with n from 1 on");
        }

        CheckShape(
            measurements,
            DataShape.OfMeasurements(Manifest.Layout, responses.Shape[0], Manifest.Dimension),
            FormattableString.Invariant($"the {responses.Shape[0]} responses of '{Values.Shown.Of(responses.File)}'"));
        CheckFinite(responses, cancellation);
        CheckFinite(measurements, cancellation);
        if (IsSquare)
        {
            CountAsymmetric(measurements.Memory.Span, cancellation);
            CheckPacked(measurements, cancellation);
        }

        return new EnvironmentSamples<T>(measurements.Memory, responses.Memory);
    }

    private NpyArray<T> OpenArray(string name, ArrayAccess access, CancellationToken cancellation)
    {
        // A name on its own first: a file may have a colon in its name.
        string path = Path.Combine(_folder, name);
        int colon = name.LastIndexOf(':');

        // So may an array in an archive: the archive is what there is.
        while (colon > 0 && !System.IO.File.Exists(Path.Combine(_folder, name[..colon])) && name.LastIndexOf(':', colon - 1) is > 0 and int earlier)
        {
            colon = earlier;
        }

        NpyArray<T> array;
        if (colon > 0 && !System.IO.File.Exists(path))
        {
            string archivePath = Path.Combine(_folder, name[..colon]);
            if (!_archives.TryGetValue(archivePath, out NpzArchive? archive))
            {
                _archives.Add(archivePath, archive = Opened(archivePath, () => NpzArchive.Open(archivePath)));
            }

            array = Opened(archivePath, () => archive.Read<T>(name[(colon + 1)..], cancellation));
        }
        else
        {
            array = Opened(path, () => NpyArray<T>.Open(path, access, _budget, cancellation));
        }

        _arrays.Add(array);
        _budget -= array.MemoryBytes;
        return array;
    }

    private void CheckShape(NpyArray<T> array, long[] shape, string what)
    {
        if (!array.Shape.SequenceEqual(shape))
        {
            throw Misfit(array, FormattableString.Invariant($"{NpyHeader.ShapeText(shape)}, for dimension {Manifest.Dimension} and {what}"));
        }
    }

    private static void CheckFinite(NpyArray<T> array, CancellationToken cancellation)
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

    /// <summary>Off the diagonal svec has √2 times an entry, which can leave the precision where the entry does not.</summary>
    private void CheckPacked(NpyArray<T> array, CancellationToken cancellation)
    {
        ReadOnlySpan<T> squares = array.Memory.Span;
        T largest = TensorPrimitives.MaxMagnitude(squares);
        if (T.IsFinite(largest + largest))
        {
            return;
        }

        int d = Manifest.Dimension;
        T[] packed = new T[Svec.Length(d)];
        for (int row = 0; row < array.Shape[0]; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(squares.Slice(row * d * d, d * d), d, d), packed);
            if (!TensorPrimitives.IsFiniteAll<T>(packed))
            {
                throw new DataFileException(
                    array.File,
                    FormattableString.Invariant($"has an entry off the diagonal in row {row}, counted from 0, that leaves the range of the precision times √2"),
                    "smaller ones, as svec has √2 times them");
            }
        }
    }

    private void CountAsymmetric(ReadOnlySpan<T> squares, CancellationToken cancellation)
    {
        int d = Manifest.Dimension;
        for (; !squares.IsEmpty; squares = squares[(d * d)..])
        {
            cancellation.ThrowIfCancellationRequested();
            double asymmetry = AsymmetryOf(squares[..(d * d)], d);
            if (asymmetry > RoundingAsymmetry)
            {
                AsymmetricMatrices++;
                LargestAsymmetry = Math.Max(LargestAsymmetry, asymmetry);
            }
        }
    }

    /// <summary>The largest |X_ij − X_ji| in units of the largest entry.</summary>
    private static double AsymmetryOf(ReadOnlySpan<T> square, int d)
    {
        T largest = T.Zero;
        for (int i = 1; i < d; i++)
        {
            for (int j = 0; j < i; j++)
            {
                largest = T.Max(largest, T.Abs((square[(i * d) + j] / T.CreateTruncating(2)) - (square[(j * d) + i] / T.CreateTruncating(2))));
            }
        }

        return T.IsZero(largest) ? 0 : 2 * double.CreateTruncating(largest) / double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude(square)));
    }

    private static DataFileException Misfit(NpyArray<T> array, string accepted)
        => new(array.File, $"has the shape {NpyHeader.ShapeText(array.Shape)}", accepted);
}
