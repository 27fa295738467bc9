using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;

namespace Hetero.Experiments.Data;

/// <summary>
/// Measurements that stand as squares, as the svec rows that are trained on: in memory, or, where they are too large for it, in temporary files that are mapped. Packed once, a part of the rows
/// at a time.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PackedSquares<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // What is put together before it is written to a file, and between two questions whether to go on.
    private const int BlockNumbers = 1 << 18;

    private readonly List<MappedMemory<T>> _files = [];

    /// <summary>Packs all environments.</summary>
    /// <param name="data">Data in the layout of squares.</param>
    /// <param name="budget">The bytes of memory that the rows may take; beyond, they go into files.</param>
    /// <param name="cancellation">Ends the work between two parts.</param>
    /// <exception cref="ArrayFileException">The folder of temporary files has no room.</exception>
    public PackedSquares(DataSet<T> data, long budget, CancellationToken cancellation)
    {
        int d = data.Manifest.Dimension;
        bool isInMemory = MemoryBytes(data, budget) > 0;
        Environments = new EnvironmentSamples<T>[data.Environments.Count];
        try
        {
            for (int e = 0; e < Environments.Length; e++)
            {
                DataRows<T> rows = new(data, e);
                Environments[e] = new(
                    isInMemory ? InMemory(rows, d, cancellation) : OnDisk(rows, d, data.Manifest.Environments[e].Measurements, cancellation), data.Environments[e].Responses);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the rows with their responses.</summary>
    public EnvironmentSamples<T>[] Environments { get; }

    /// <summary>Gets how many files they are in.</summary>
    public int Files => _files.Count;

    /// <summary>The bytes of memory that the rows take: 0 where they go into files.</summary>
    public static long MemoryBytes(DataSet<T> data, long budget)
    {
        long bytes = data.Environments.Sum(environment => (long)environment.Responses.Length) * Svec.Length(data.Manifest.Dimension) * Unsafe.SizeOf<T>();
        return bytes <= budget ? bytes : 0;
    }

    /// <summary>Lets go of the files.</summary>
    public void Dispose() => _files.ForEach(file => ((IDisposable)file).Dispose());

    private static T[] InMemory(DataRows<T> rows, int d, CancellationToken cancellation)
    {
        int width = Svec.Length(d), blockRows = BlockRows(rows, width);
        T[] packed = new T[rows.Count * width];
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            Pack(rows, d, first, packed.AsSpan(first * width, Math.Min(blockRows, rows.Count - first) * width));
        }

        return packed;
    }

    private ReadOnlyMemory<T> OnDisk(DataRows<T> rows, int d, string source, CancellationToken cancellation)
    {
        int width = Svec.Length(d), blockRows = BlockRows(rows, width);
        T[] block = new T[blockRows * width];
        using TemporaryNumbers<T> file = new(source, rows.Count * width);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<T> part = block.AsSpan(0, Math.Min(blockRows, rows.Count - first) * width);
            Pack(rows, d, first, part);
            file.Append(part);
        }

        MappedMemory<T> mapped = file.Map();
        _files.Add(mapped);
        return mapped.Memory;
    }

    private static int BlockRows(DataRows<T> rows, int width) => Math.Clamp(BlockNumbers / width, 1, rows.Count);

    private static void Pack(DataRows<T> rows, int d, int first, Span<T> destination)
    {
        int width = Svec.Length(d);
        for (int i = 0; i < destination.Length / width; i++)
        {
            Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(rows.Row(first + i), d, d), destination.Slice(i * width, width));
        }
    }
}
