using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// A₂₂ ← A₂₂ − L₂₁·L₂₁ᵀ in bands of rows, and the factor of A₂₂'s head as soon as that is updated: the head is all that its factor needs, and factoring has few products that a team could share.
/// A part is not a band but a share of the scratch: the thread that has it takes band after band until none is left, the head first. Every entry's chain is the one of the whole product.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct CholeskyLookahead<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A band has at least as many rows as make up for packing the right factor, where there are as many.</summary>
    private const int LeastBandRows = 32;

    private int _next;

    /// <summary>Gets L₂₁.</summary>
    public required ReadOnlyMatrixSpan<T> Below { get; init; }

    /// <summary>Gets A₂₂; of the part above the diagonal nothing counts.</summary>
    public required MatrixSpan<T> Tail { get; init; }

    /// <summary>Gets the rows of its head that is factored.</summary>
    public required int Ahead { get; init; }

    /// <summary>Gets the scratch of all parts.</summary>
    public required Span<T> Scratch { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets or sets the first pivot of the head that is not above 0; −1 if all are.</summary>
    public int Failed { get; set; }

    /// <summary>Gets the scratch of a part.</summary>
    public static Int128 GetPartLength(int first, int rest, int ahead)
        => Int128.Max(ProductBlocking.LargestScratchLength<T>(rest, first, rest, 1), CholeskyBlocks.GetScratchLength<T>(ahead, null));

    /// <inheritdoc/>
    public void Execute(int part)
    {
        Span<T> scratch = Scratch.Slice(part * (Scratch.Length / Parts), Scratch.Length / Parts);
        int rest = Tail.Rows - Ahead;
        int band = Math.Max(LeastBandRows, ProductBlocking.RoundUp(ProductBlocking.Blocks(rest, 2 * Parts), ProductTile8Rows.Rows));
        int bands = ProductBlocking.Blocks(rest, band);
        for (int taken; (taken = Interlocked.Increment(ref _next) - 1) <= bands;)
        {
            if (taken == 0)
            {
                MatrixSpan<T> head = Tail.Slice(0, 0, Ahead, Ahead);
                CholeskyBlocks.Update(Below.Slice(0, 0, Ahead, Below.Columns), head, scratch, null);
                Failed = CholeskyBlocks.Factor(head, 0, scratch, null);
            }
            else
            {
                // The longest ones first, so that the threads end together.
                int start = Ahead + ((bands - taken) * band);
                UpdateBand(start, Math.Min(band, Tail.Rows - start), scratch);
            }
        }
    }

    private readonly void UpdateBand(int start, int rows, Span<T> scratch)
    {
        ReadOnlyMatrixSpan<T> left = Below.Slice(start, 0, rows, Below.Columns), before = Below.Slice(0, 0, start, Below.Columns);
        Products.Dispatch(left, before.Transposed, scratch, Tail.Slice(start, 0, rows, start), null, ProductUpdate<T>.Subtract, ProductShape.Full);
        CholeskyBlocks.Update(left, Tail.Slice(start, start, rows, rows), scratch, null);
    }
}
