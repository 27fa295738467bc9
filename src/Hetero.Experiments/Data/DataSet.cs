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
    // Of the largest entry: what rounding of products in single precision leaves.
    private const double RoundingAsymmetry = 1e-6;

    private readonly DataArrays<T> _arrays;
    private readonly EnvironmentSamples<T>[] _samples;
    private PackedSquares<T>? _packed;

    private DataSet(string path, DataManifest manifest, ArrayAccess access, CancellationToken cancellation)
    {
        (File, Manifest) = (path, manifest);
        _arrays = new DataArrays<T>(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", access);
        _samples = new EnvironmentSamples<T>[manifest.Environments.Count];
        try
        {
            for (int e = 0; e < _samples.Length; e++)
            {
                _samples[e] = Read(e, cancellation);
            }

            if (manifest.Truth is { } truth)
            {
                NpyArray<T> matrix = _arrays.Open(truth, cancellation);
                DataArrays<T>.CheckShape(matrix, [manifest.Dimension, manifest.Dimension], manifest.Dimension, "A*");
                DataArrays<T>.CheckFinite(matrix, cancellation);
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
    public int MappedArrays => _arrays.Mapped;

    /// <summary>Gets how many matrices, of those laid out as squares, are not symmetric, beyond rounding in single precision (10⁻⁶ of their largest entry): their symmetric part counts.</summary>
    public long AsymmetricMatrices { get; private set; }

    /// <summary>Gets the largest |X_ij − X_ji| of these matrices, in units of the matrix's largest entry; 0 without any.</summary>
    public double LargestAsymmetry { get; private set; }

    /// <summary>How rows to train on stand: squares have been packed.</summary>
    internal MeasurementLayout TrainingLayout => IsSquare ? MeasurementLayout.Svec : Manifest.Layout;

    /// <summary>How many temporary files squares have been packed into.</summary>
    internal int PackedFiles => _packed?.Files ?? 0;

    /// <summary>The bytes of memory that packed squares take.</summary>
    internal long PackedBytes => IsSquare ? PackedSquares<T>.MemoryBytes(this, _arrays.Budget) : 0;

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
        return new DataSet<T>(path, DataManifestFile.Read(path), access, cancellation);
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
        => IsSquare ? (_packed ??= new PackedSquares<T>(this, _arrays.Budget, cancellation)).Environments : _samples;

    /// <summary>Lets go of the files.</summary>
    public void Dispose()
    {
        _packed?.Dispose();
        _arrays.Dispose();
    }

    private double[] Probabilities()
        => [.. Manifest.Environments.Where(environment => environment.Probability.HasValue).Select(environment => environment.Probability!.Value)];

    private EnvironmentSamples<T> Read(int index, CancellationToken cancellation)
    {
        DataEnvironment environment = Manifest.Environments[index];
        string answers = environment.Responses ?? throw new DataFileException(
            File,
            FormattableString.Invariant($"has no 'responses' in environments[{index}]"),
            "the responses of each environment; inputs alone are something to predict the responses of");
        NpyArray<T> measurements = _arrays.Open(environment.Measurements, cancellation), responses = _arrays.Open(answers, cancellation);
        if (responses.Shape.Count != 1 || responses.Shape[0] == 0)
        {
            throw DataArrays<T>.Misfit(responses, "a response for each measurement, (n,) with n from 1 on");
        }

        DataArrays<T>.CheckShape(
            measurements,
            DataShape.OfMeasurements(Manifest.Layout, responses.Shape[0], Manifest.Dimension),
            Manifest.Dimension,
            FormattableString.Invariant($"the {responses.Shape[0]} responses of '{Values.Shown.Of(responses.File)}'"));
        DataArrays<T>.CheckFinite(responses, cancellation);
        DataArrays<T>.CheckFinite(measurements, cancellation);
        if (IsSquare)
        {
            CountAsymmetric(measurements.Memory.Span, cancellation);
            CheckPacked(measurements, cancellation);
        }

        return new EnvironmentSamples<T>(measurements.Memory, responses.Memory);
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
}
