using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Data;

/// <summary>
/// A data set that a recipe makes, as the files that it consists of: for each environment its measurements and responses, A*, and the manifest. Rows are written while the next ones are made;
/// nothing of the size of the data is kept. The same recipe gives the same bytes on any number of threads.
/// </summary>
/// <remarks>Thread-safe. Which streams the files are, and when they get their names, is the caller's business.</remarks>
/// <typeparam name="T">float or double, the precision of the files but for A*, which is double.</typeparam>
public sealed class GeneratedData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // What a thread makes at a time: enough to be worth handing out, and in its cache.
    private const int PartNumbers = 1 << 17;

    // What is made while as much is written; long rows do with one at a time for all threads.
    private const int BlockNumbers = 1 << 23;

    // Rows of an array that are compared: a wrong seed, signal or noise shows in the first.
    private const int ComparedRows = 16;

    private readonly DataGenerator _generator;

    /// <summary>Poses the problem and draws the environments.</summary>
    /// <param name="recipe">The recipe; the samples of a step are the rows of each environment.</param>
    /// <param name="environments">How many environments to draw from the law; null takes each of a finite law's once.</param>
    /// <param name="layout">How a measurement stands: as svec(X_i), as a square, or as an input x_i.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RecipeException">A value of the recipe is not accepted, the signals do not fit into its memory, or an array would have more numbers than one can be read with.</exception>
    /// <exception cref="ArgumentException">The number is out of range, or missing for a law that is not finite, or the layout is another.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public GeneratedData(RunRecipe recipe, int? environments = null, MeasurementLayout layout = MeasurementLayout.Svec, CancellationToken cancellation = default)
    {
        Guard.Element<T>();
        _generator = new DataGenerator(recipe, environments, layout, cancellation);
        long most = Array.MaxLength / _generator.RowLength;
        if (recipe.Samples > most)
        {
            throw RecipeException.Of(
                "--samples",
                Values.Texts.Of(recipe.Samples),
                $"at most {Values.Texts.Of(most)} rows of {Values.Texts.Of(_generator.RowLength)} numbers, those of an array of {Values.Texts.Of(Array.MaxLength)}");
        }

        int digits = Values.Texts.Of(_generator.EnvironmentCount - 1).Length;
        string Name(int e, string what) => $"{e.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}-{what}.npy";
        bool areEqual = Enumerable.Range(0, _generator.EnvironmentCount).All(e => _generator.GetProbability(e) == _generator.GetProbability(0));
        Manifest = new DataManifest
        {
            Dimension = recipe.Dimension,
            Layout = layout,
            Environments =
            [
                .. Enumerable.Range(0, _generator.EnvironmentCount)
                    .Select(e => new DataEnvironment(NameOf(e), Name(e, "x"), Name(e, "y"), areEqual ? null : _generator.GetProbability(e))),
            ],
            Truth = "truth.npy",

            // How many threads made it, and with how much memory, is no part of what it is.
            Recipe = _generator.Recipe with { Precision = Unsafe.SizeOf<T>() == sizeof(float) ? Precision.Single : Precision.Double, Threads = 1, Memory = null },
            StreamVersion = RandomStream.Version,
            ArithmeticVersion = Arithmetic.Version,
        };
    }

    /// <summary>Gets the manifest, with the names of the other files.</summary>
    public DataManifest Manifest { get; }

    /// <summary>Gets the number of rows of each environment.</summary>
    public long Samples => _generator.Recipe.Samples;

    /// <summary>Gets about how many bytes all arrays take.</summary>
    public Int128 Bytes => (Int128)Samples * (_generator.RowLength + 1) * _generator.EnvironmentCount * Unsafe.SizeOf<T>();

    /// <summary>Writes A*, d×d numbers in double.</summary>
    /// <param name="stream">Where to; stays open.</param>
    public void WriteTruth(Stream stream)
    {
        int d = Manifest.Dimension;
        double[] square = new double[(long)d * d];
        Svec.Unpack(_generator.Invariant, new MatrixSpan<double>(square, d, d));
        NpyWriter<double>.Write(stream, square, d, d);
    }

    /// <summary>Writes the two arrays of an environment.</summary>
    /// <param name="environment">Its index.</param>
    /// <param name="measurements">Where the measurements go; stays open.</param>
    /// <param name="responses">Where the responses go; stays open.</param>
    /// <param name="threads">How many threads make rows, 1 or more.</param>
    /// <param name="progress">Told how many rows are done.</param>
    /// <param name="cancellation">Ends the work between two rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment, or no thread.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public void WriteEnvironment(
        int environment,
        Stream measurements,
        Stream responses,
        int threads = 1,
        IProgress<long>? progress = null,
        CancellationToken cancellation = default)
    {
        Guard.InRange(environment, 0, _generator.EnvironmentCount - 1);
        Guard.AtLeast(threads, 1);
        NpyWriter<T> rows = new(measurements, Shape), answers = new(responses, Samples);
        int partRows = Math.Max(1, PartNumbers / _generator.RowLength);
        int parts = (int)Math.Clamp(BlockNumbers / ((long)partRows * _generator.RowLength), 1, 2L * threads);
        int blockRows = (int)Math.Min(Samples, partRows * parts);
        Block[] blocks = [new(blockRows, _generator.RowLength), new(blockRows, _generator.RowLength)];
        Task writing = Task.CompletedTask;
        try
        {
            int turn = 0;
            for (long first = 0; first < Samples; first += blockRows)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = (int)Math.Min(blockRows, Samples - first);

                // Its numbers of two turns ago are written: that was waited for before those of the last turn were handed over.
                Block block = blocks[turn++ % blocks.Length];
                Fill(environment, first, count, partRows, block, threads, cancellation);
                writing.GetAwaiter().GetResult();
                writing = Task.Run(
                    () =>
                    {
                        rows.Append(block.Rows.AsSpan(0, count * _generator.RowLength));
                        answers.Append(block.Responses.AsSpan(0, count));
                    },
                    CancellationToken.None);
                progress?.Report(first + count);
            }

            writing.GetAwaiter().GetResult();
        }
        finally
        {
            // The streams are the caller's again.
            Task.WaitAny([writing], CancellationToken.None);
        }

        rows.Finish();
        answers.Finish();
    }

    /// <summary>Says whether a file has the measurements of an environment: its header and length, and sixteen rows bit for bit.</summary>
    /// <param name="environment">Its index.</param>
    /// <param name="stream">The file, which can be sought in.</param>
    public bool HasMeasurements(int environment, Stream stream) => Has(environment, stream, Shape, _generator.RowLength, (rows, _) => rows);

    /// <summary>Says whether a file has the responses of an environment: its header and length, and sixteen of them bit for bit.</summary>
    /// <param name="environment">Its index.</param>
    /// <param name="stream">The file, which can be sought in.</param>
    public bool HasResponses(int environment, Stream stream) => Has(environment, stream, [Samples], 1, (_, responses) => responses);

    private long[] Shape => DataShape.OfMeasurements(Manifest.Layout, Samples, Manifest.Dimension);

    private string NameOf(int environment)
    {
        // An environment that is a number is called by it.
        RunRecipe recipe = _generator.Recipe;
        return recipe.Environments.IsListed && recipe.SpuriousRank == 1
            ? $"s = {Values.Texts.Of(recipe.Environments.List[environment].Sigma[0])}"
            : environment.ToString(CultureInfo.InvariantCulture);
    }

    private void Fill(int environment, long first, int count, int partRows, Block block, int threads, CancellationToken cancellation)
    {
        int length = _generator.RowLength;
        void FillPart(int part)
        {
            int start = part * partRows, rows = Math.Min(partRows, count - start);
            _generator.Fill<T>(environment, first + start, block.Rows.AsSpan(start * length, rows * length), block.Responses.AsSpan(start, rows), cancellation);
        }

        try
        {
            Parallel.For(0, (count + partRows - 1) / partRows, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, FillPart);
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            // One of several threads was in the middle of a part.
            throw new OperationCanceledException(cancellation);
        }
    }

    private bool Has(int environment, Stream stream, long[] shape, int length, Func<T[], T[], T[]> choose)
    {
        byte[] header = NpyHeader.Write(Unsafe.SizeOf<T>(), shape);
        if (stream.Length != header.Length + (Samples * length * Unsafe.SizeOf<T>()) || !Follows(stream, 0, header))
        {
            return false;
        }

        T[] row = new T[_generator.RowLength], response = new T[1];
        for (int i = 0; i < ComparedRows; i++)
        {
            long sample = (long)((Int128)(Samples - 1) * i / (ComparedRows - 1));
            _generator.Fill<T>(environment, sample, row, response);
            using MemoryStream expected = new();
            NpyWriter<T>.WriteNumbers(expected, choose(row, response));
            if (!Follows(stream, header.Length + (sample * length * Unsafe.SizeOf<T>()), expected.ToArray()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Follows(Stream stream, long offset, byte[] expected)
    {
        byte[] found = new byte[expected.Length];
        stream.Position = offset;
        return stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.AsSpan().SequenceEqual(expected);
    }

    /// <summary>Rows on their way from the threads that make them to the one that writes them.</summary>
    private sealed class Block(int rows, int length)
    {
        public T[] Rows { get; } = new T[rows * length];

        public T[] Responses { get; } = new T[rows];
    }
}
