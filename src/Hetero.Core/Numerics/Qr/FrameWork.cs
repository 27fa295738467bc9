using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The rows of Q from a panel's first one on, H times what they are without the panel: its own columns, E + Y·(N·Yᵀ·E) but for E, and chunks of the columns behind, which are 0 in the panel's
/// rows. Chunks are
/// a thread's own, so that a team wakes once, and no entry's sums depend on how they are shared out. Thread-safe as long as calls share no memory.
/// </summary>
internal ref struct FrameWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _next;

    /// <summary>Gets Y as rows.</summary>
    public required MatrixSpan<T> Panel { get; init; }

    /// <summary>Gets N.</summary>
    public required MatrixSpan<T> Triangle { get; init; }

    /// <summary>Gets N·Yᵀ·E.</summary>
    public required MatrixSpan<T> Own { get; init; }

    /// <summary>Gets Q from the panel's first row and column on.</summary>
    public required MatrixSpan<T> Frame { get; init; }

    /// <summary>Gets memory of as many elements as the columns behind times the reflections.</summary>
    public required Span<T> First { get; init; }

    /// <summary>Gets as much memory again.</summary>
    public required Span<T> Second { get; init; }

    /// <summary>Gets the scratch of products, of all parts.</summary>
    public required Span<T> Scratch { get; init; }

    /// <summary>Gets the columns that go together.</summary>
    public required int ChunkColumns { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets what ends the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    public void Execute(int part)
    {
        int share = Scratch.Length / Parts, width = Panel.Rows, length = Panel.Columns, rest = Frame.Columns - width, chunks = ProductBlocking.Blocks(rest, ChunkColumns), chunk;
        Span<T> scratch = Scratch.Slice(part * share, share);
        MatrixSpan<T> tail = Panel.Slice(0, width, width, length - width);
        while ((chunk = Interlocked.Increment(ref _next) - 1) <= chunks)
        {
            if (chunk == chunks)
            {
                Products.Multiply(Panel.Transposed, Own, scratch, Frame.Slice(0, 0, length, width), null, Cancellation);
                break;
            }

            int start = chunk * ChunkColumns, columns = Math.Min(ChunkColumns, rest - start);
            MatrixSpan<T> products = new(First.Slice(start * width, columns * width), width, columns), weights = new(Second.Slice(start * width, columns * width), width, columns);
            MatrixSpan<T> below = Frame.Slice(width, width + start, length - width, columns);
            BlockedQr.MultiplyLong(tail, below, scratch, products, Cancellation);
            Products.Multiply(Triangle, products, scratch, weights, null, Cancellation);
            Products.Multiply(Panel.Slice(0, 0, width, width).Transposed, weights, scratch, Frame.Slice(0, width + start, width, columns), null, Cancellation);
            Products.MultiplyAdd(tail.Transposed, weights, scratch, below, null, Cancellation);
        }
    }
}
