using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The QR decomposition of a matrix with many more rows than columns, by blocks of rows: A_b = Q_b·R_b for each block, (R_0; R_1; …) = Q'·R, and Q's rows of block b are Q_b·Q'_b (TSQR: Demmel,
/// Grigori, Hoemmen, Langou, SIAM J. Sci. Comput. 34, 2012). Every step is a Householder reflection or a product with orthonormal columns, so that it is as accurate as without blocks.
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// Reflections of whole columns would read a matrix that no cache holds again and again; a block stays in the second-level cache until it is done. The blocks depend on the sizes alone, and with
/// them the bits.
/// </remarks>
internal static class TallQr
{
    /// <summary>The most columns that are decomposed so; of more, products of whole panels keep the arithmetic busy by themselves.</summary>
    public const int MostColumns = 48;

    /// <summary>The elements of a block: 384 KiB of doubles.</summary>
    private const int BlockElements = 48 * 1024;

    /// <summary>Returns whether a matrix has two blocks or more.</summary>
    public static bool Takes<T>(int rows, int columns)
        where T : unmanaged
        => columns is > 0 and <= MostColumns && rows >= 2 * BlockRows<T>(columns);

    /// <summary>Gets the scratch of <see cref="Decompose"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blocks = rows / BlockRows<T>(columns), stacked = blocks * columns, granule = ReflectionPanel.Granule<T>();
        Int128 square = (Int128)columns * columns;
        return ColumnMemory.Line<T>() + (columns * (rows + (Int128)granule)) + (2 * blocks * square) + HouseholderQr.GetPathScratchLength<T>(stacked, columns, team)
            + ((Int128)Parts(blocks, team) * PartLength<T>(columns));
    }

    /// <summary>Decomposes; no argument is checked.</summary>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Columns, blockRows = BlockRows<T>(n), blocks = matrix.Rows / blockRows, stacked = blocks * n, parts = Parts(blocks, team);
        scratch = ScratchParts.FromLine(scratch);
        Span<T> columns = ScratchParts.Take(ref scratch, n * BlockedQr.PaddedLength<T>(matrix.Rows)), triangles = ScratchParts.Take(ref scratch, stacked * n);
        MatrixSpan<T> stack = ScratchParts.Take(ref scratch, stacked, n);
        Span<T> partScratch = ScratchParts.Take(ref scratch, parts * PartLength<T>(n));
        TallQrWork<T> work = new()
        {
            Matrix = matrix,
            Columns = columns,
            Triangles = triangles,
            Stack = stack,
            Frame = q,
            BlockRows = blockRows,
            Blocks = blocks,
            Scratch = partScratch,
            Parts = parts,
            Cancellation = cancellation,
        };
        WorkerTeam.Run(team, ref work, parts);
        HouseholderQr.DecomposeOnPath<T>(stack, scratch, q.Rows > 0 ? stack : default, r, team, cancellation);
        if (q.Rows == 0)
        {
            return;
        }

        work.StartForming();
        WorkerTeam.Run(team, ref work, parts);
    }

    /// <summary>Gets the scratch of <see cref="Reduce"/>, for the columns of both matrices.</summary>
    public static Int128 GetReductionScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blocks = rows / BlockRows<T>(columns);
        return (blocks * (Int128)columns * columns) + HouseholderQr.GetPathScratchLength<T>(blocks * columns, columns, team)
            + ((Int128)Parts(blocks, team) * ReductionPartLength<T>(columns));
    }

    /// <summary>The R of two matrices side by side, without Q; no argument is checked.</summary>
    public static void Reduce<T>(
        ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> sides, Span<T> scratch, MatrixSpan<T> r, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Columns + sides.Columns, blockRows = BlockRows<T>(n), blocks = matrix.Rows / blockRows, stacked = blocks * n, parts = Parts(blocks, team);
        MatrixSpan<T> stack = ScratchParts.Take(ref scratch, stacked, n);
        TallQrWork<T> work = new()
        {
            Matrix = matrix,
            Sides = sides,
            Columns = default,
            Triangles = default,
            Stack = stack,
            Frame = default,
            BlockRows = blockRows,
            Blocks = blocks,
            Scratch = ScratchParts.Take(ref scratch, parts * ReductionPartLength<T>(n)),
            Parts = parts,
            Cancellation = cancellation,
        };
        WorkerTeam.Run(team, ref work, parts);
        HouseholderQr.DecomposeOnPath<T>(stack, scratch, stack, r, team, cancellation);
    }

    /// <summary>The scratch of a part: the diagonal, two small matrices, and what reflections and products need.</summary>
    private static int PartLength<T>(int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => columns + (2 * columns * columns)
            + Math.Max(ReflectionPanel.GetScratchLength(columns), ProductBlocking.LargestScratchLength<T>(LargestBlock<T>(columns), columns, columns, 1));

    /// <summary>The scratch of a part that forms no Q: a block's columns, its triangle and diagonal, and what reflections need.</summary>
    private static int ReductionPartLength<T>(int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ColumnMemory.Line<T>() + (columns * LargestBlock<T>(columns)) + (columns * columns) + columns + ReflectionPanel.GetScratchLength(columns);

    /// <summary>The last block takes the rows that are left: fewer than two blocks.</summary>
    private static int LargestBlock<T>(int columns)
        where T : unmanaged
        => BlockedQr.PaddedLength<T>(2 * BlockRows<T>(columns));

    private static int Parts(int blocks, WorkerTeam? team) => Math.Min(blocks, team?.Degree ?? 1);

    private static int BlockRows<T>(int columns)
        where T : unmanaged
        => BlockedQr.PaddedLength<T>(Math.Max(8 * columns, BlockElements / columns));
}
