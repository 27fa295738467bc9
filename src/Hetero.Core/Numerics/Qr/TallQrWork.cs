using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>The blocks of <see cref="TallQr"/>, one after the other: first their triangles, later their part of Q.</summary>
internal ref struct TallQrWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _next;
    private bool _isForming;

    /// <summary>Gets the matrix A, which is not read any more once Q is formed.</summary>
    public required ReadOnlyMatrixSpan<T> Matrix { get; init; }

    /// <summary>Gets columns B beside those of A; none if Q is formed.</summary>
    public ReadOnlyMatrixSpan<T> Sides { get; init; }

    /// <summary>Gets the reflections Y of the blocks, as rows, one block after the other; empty if no Q is formed: then each part has room for those of one block in its scratch.</summary>
    public required Span<T> Columns { get; init; }

    /// <summary>Gets the triangles N of the blocks; empty if no Q is formed.</summary>
    public required Span<T> Triangles { get; init; }

    /// <summary>Gets the triangles R of the blocks, one below the other; later Q'.</summary>
    public required MatrixSpan<T> Stack { get; init; }

    /// <summary>Gets Q.</summary>
    public required MatrixSpan<T> Frame { get; init; }

    /// <summary>Gets the rows of a block.</summary>
    public required int BlockRows { get; init; }

    /// <summary>Gets the number of blocks; the last one has the rows that are left, too.</summary>
    public required int Blocks { get; init; }

    /// <summary>Gets the scratch of all parts.</summary>
    public required Span<T> Scratch { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets what ends the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>The next run forms Q.</summary>
    public void StartForming() => (_next, _isForming) = (0, true);

    public void Execute(int part)
    {
        Span<T> scratch = Scratch.Slice(part * (Scratch.Length / Parts), Scratch.Length / Parts);
        int block;
        while ((block = Interlocked.Increment(ref _next) - 1) < Blocks)
        {
            Cancellation.ThrowIfCancellationRequested();
            int n = Stack.Columns, first = block * BlockRows, rows = (block == Blocks - 1 ? Matrix.Rows : first + BlockRows) - first, length = BlockedQr.PaddedLength<T>(rows);
            Span<T> own = Columns.IsEmpty ? ScratchParts.FromLine(scratch) : scratch;
            MatrixSpan<T> columns = Columns.IsEmpty ? ScratchParts.Take(ref own, n, length) : new(Columns.Slice(n * first, n * length), n, length);
            MatrixSpan<T> triangle = Columns.IsEmpty ? ScratchParts.Take(ref own, n, n) : new(Triangles.Slice(block * n * n, n * n), n, n), small = Stack.Slice(block * n, 0, n, n);
            if (_isForming)
            {
                Form(columns, triangle, small, Frame.Slice(first, 0, rows, n), own);
            }
            else
            {
                ColumnsWork<T>.Copy(Matrix.Slice(first, 0, rows, Matrix.Columns), columns.Slice(0, 0, Matrix.Columns, length), null);
                if (Sides.Columns > 0)
                {
                    ColumnsWork<T>.Copy(Sides.Slice(first, 0, rows, Sides.Columns), columns.Slice(Matrix.Columns, 0, Sides.Columns, length), null);
                }

                Factor(columns, triangle, small, own);
            }
        }
    }

    private static void Factor(MatrixSpan<T> columns, MatrixSpan<T> triangle, MatrixSpan<T> upper, Span<T> scratch)
    {
        int n = upper.Rows;
        Span<T> diagonal = scratch[..n];
        ReflectionPanel.Factor(columns, 0, diagonal, upper, triangle, scratch[n..]);
        for (int i = 0; i < n; i++)
        {
            upper.Row(i)[..i].Clear();
            upper[i, i] = diagonal[i];
        }
    }

    /// <summary>(I + Y·N·Yᵀ)·(C; 0) = (C; 0) + Y·(N·(Yᵀ·(C; 0))), of Y the first n rows in the last factor alone.</summary>
    private static void Form(MatrixSpan<T> columns, MatrixSpan<T> triangle, MatrixSpan<T> small, MatrixSpan<T> frame, Span<T> scratch)
    {
        int n = small.Rows;
        MatrixSpan<T> products = new(scratch[..(n * n)], n, n), weights = new(scratch.Slice(n * n, n * n), n, n);
        SmallProduct<T>.Compute(columns.Slice(0, 0, n, n), small, products);
        SmallProduct<T>.Compute(triangle, products, weights);
        Products.Multiply(columns.Slice(0, 0, n, frame.Rows).Transposed, weights, scratch[(2 * n * n)..], frame);
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Add<T>(frame.Row(i), small.Row(i), frame.Row(i));
        }
    }
}
