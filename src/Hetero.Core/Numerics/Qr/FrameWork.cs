using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The rows of Q from a panel's first one on, H times what they are without the panel: its own columns, E + Y·(N·Yᵀ·E) but for E, and chunks of the columns behind, which are 0 in the panel's
/// rows. Chunks are a thread's own, so that a team wakes once, and no entry's sums depend on how they are shared out. Thread-safe as long as calls share no memory.
/// </summary>
internal ref struct FrameWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ChunkQueue _chunks;

    /// <summary>Gets Y as rows.</summary>
    public required MatrixSpan<T> Panel { get; init; }

    /// <summary>Gets N.</summary>
    public required MatrixSpan<T> Triangle { get; init; }

    /// <summary>Gets the diagonal of R in the panel's rows, of either sign: the columns of Q have its signs.</summary>
    public required ReadOnlySpan<T> Diagonal { get; init; }

    /// <summary>Gets Q from the panel's first row and column on.</summary>
    public required MatrixSpan<T> Frame { get; init; }

    /// <summary>Gets memory of as many elements as the columns times the reflections.</summary>
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

    /// <summary>Cuts the columns; before a run.</summary>
    public void Cut() => _chunks = new ChunkQueue(1 + ProductBlocking.Blocks(Frame.Columns - Panel.Rows, ChunkColumns));

    public void Execute(int part)
    {
        int share = Scratch.Length / Parts, rest = Frame.Columns - Panel.Rows;
        Span<T> scratch = Scratch.Slice(part * share, share);
        while (_chunks.TryTake(part, out int chunk))
        {
            if (chunk == 0)
            {
                FormOwn(scratch);
            }
            else
            {
                int start = (chunk - 1) * ChunkColumns;
                Reflect(start, Math.Min(ChunkColumns, rest - start), scratch);
            }
        }
    }

    /// <summary>Some of the columns behind the panel's own.</summary>
    private readonly void Reflect(int start, int count, Span<T> scratch)
    {
        int width = Panel.Rows, length = Panel.Columns;
        MatrixSpan<T> tail = Panel.Slice(0, width, width, length - width), below = Frame.Slice(width, width + start, length - width, count);
        MatrixSpan<T> products = new(First.Slice(start * width, count * width), width, count), weights = new(Second.Slice(start * width, count * width), width, count);
        BlockedQr.MultiplyLong(tail, below, scratch, products, Cancellation);
        Products.Multiply(Triangle, products, scratch, weights, null, Cancellation);
        Products.Multiply(Panel.Slice(0, 0, width, width).Transposed, weights, scratch, Frame.Slice(0, width + start, width, count), null, Cancellation);
        Products.MultiplyAdd(tail.Transposed, weights, scratch, below, null, Cancellation);
    }

    /// <summary>The panel's own columns, (E + Y·(N·Yᵀ·E))·S.</summary>
    private readonly void FormOwn(Span<T> scratch)
    {
        int width = Panel.Rows;
        MatrixSpan<T> own = new(First.Slice(width * (Frame.Columns - width), width * width), width, width);
        SmallProduct<T>.Compute(Triangle, Panel.Slice(0, 0, width, width), own);
        for (int j = 0; j < width; j++)
        {
            for (int i = 0; i < width && T.IsNegative(Diagonal[j]); i++)
            {
                own[i, j] = -own[i, j];
            }
        }

        Products.Multiply(Panel.Transposed, own, scratch, Frame.Slice(0, 0, Panel.Columns, width), null, Cancellation);
        for (int j = 0; j < width; j++)
        {
            Frame[j, j] += T.CopySign(T.One, Diagonal[j]);
        }
    }
}
