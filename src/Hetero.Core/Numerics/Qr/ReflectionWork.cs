using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// a ← Hᵀ·a = a + Y·Nᵀ·(Yᵀ·a) for many columns a, everything stored as rows: whole columns are a thread's own, so that a team wakes once for the three products, and no entry's sums depend on how
/// they are shared out. Thread-safe as long as calls share no memory.
/// </summary>
internal ref struct ReflectionWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ChunkQueue _chunks;

    /// <summary>Gets Y.</summary>
    public required MatrixSpan<T> Panel { get; init; }

    /// <summary>Gets N, or for H·a its transpose.</summary>
    public required ReadOnlyMatrixSpan<T> Triangle { get; init; }

    /// <summary>Gets the columns.</summary>
    public required MatrixSpan<T> Columns { get; init; }

    /// <summary>Gets memory of as many elements as the columns times the reflections.</summary>
    public required Span<T> First { get; init; }

    /// <summary>Gets as much memory again.</summary>
    public required Span<T> Second { get; init; }

    /// <summary>Gets the scratch of products, of all parts.</summary>
    public required Span<T> Scratch { get; init; }

    /// <summary>Gets the columns that are reflected together.</summary>
    public required int ChunkRows { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets what ends the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>Cuts the columns; before a run.</summary>
    public void Cut() => _chunks = new ChunkQueue(ProductBlocking.Blocks(Columns.Rows, ChunkRows));

    public void Execute(int part)
    {
        while (_chunks.TryTake(part, out int chunk))
        {
            int start = chunk * ChunkRows;
            Reflect(start, Math.Min(ChunkRows, Columns.Rows - start), ScratchOf(part));
        }
    }

    /// <summary>Gets the scratch of a part.</summary>
    public readonly Span<T> ScratchOf(int part) => Scratch.Slice(part * (Scratch.Length / Parts), Scratch.Length / Parts);

    /// <summary>Reflects some of the columns.</summary>
    public readonly void Reflect(int start, int count, Span<T> scratch)
    {
        int width = Panel.Rows, length = Panel.Columns;
        MatrixSpan<T> columns = Columns.Slice(start, 0, count, length);
        MatrixSpan<T> products = new(First.Slice(start * width, count * width), count, width), weights = new(Second.Slice(start * width, count * width), count, width);
        BlockedQr.MultiplyLong(columns, Panel.Transposed, scratch, products, Cancellation);
        Products.Multiply(products, Triangle, scratch, weights, null, Cancellation);
        Products.MultiplyAdd(weights, Panel, scratch, columns, null, Cancellation);
    }
}
