using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// A matrix and right-hand sides, reflected together: Qᵀ·(A B) = (R C; 0 D). X that solves R·X = C has the least ‖A·X − B‖, which is ‖D‖, column by column. Q itself is never formed.
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class TriangularReduction
{
    /// <summary>Gets the scratch of <see cref="Run"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, int sides, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Int128 all = (Int128)columns + sides;
        if (all <= TallQr.MostColumns && TallQr.Takes<T>(rows, (int)all))
        {
            return (all * all) + all + TallQr.GetReductionScratchLength<T>(rows, (int)all, team);
        }

        int width = BlockedQr.WidthOf<T>(columns);
        return ColumnMemory.GetLength<T>(all, rows) + ((Int128)columns * width) + columns + (2 * all * width)
            + BlockedQr.GetReductionScratchLength<T>((int)Int128.Min(all, int.MaxValue), rows, width, team);
    }

    /// <summary>Reflects.</summary>
    /// <param name="matrix">A, m×n, m ≥ n &gt; 0.</param>
    /// <param name="sides">B, m×s.</param>
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    /// <param name="r">Receives R, n×n, with a diagonal of either sign; what it has below is undefined.</param>
    /// <param name="reflected">Receives the columns of C as s rows.</param>
    /// <param name="residuals">Receives the lengths of the columns of D.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellation">Ends the work between two panels.</param>
    public static void Run<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlyMatrixSpan<T> sides,
        Span<T> scratch,
        MatrixSpan<T> r,
        MatrixSpan<T> reflected,
        Span<T> residuals,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Columns, all = n + sides.Columns;
        if (all <= TallQr.MostColumns && TallQr.Takes<T>(matrix.Rows, all))
        {
            MatrixSpan<T> triangle = ScratchParts.Take(ref scratch, all, all);
            Span<T> column = ScratchParts.Take(ref scratch, all);
            TallQr.Reduce(matrix, sides, scratch, triangle, team, cancellation);
            MatrixMemory.Copy(triangle.Slice(0, 0, n, n), r);
            for (int j = 0; j < sides.Columns; j++)
            {
                for (int i = 0; i < all; i++)
                {
                    column[i] = triangle[i, n + j];
                }

                column[..n].CopyTo(reflected.Row(j));
                residuals[j] = ScaledNorm.Of<T>(column[n..]);
            }

            return;
        }

        int width = BlockedQr.WidthOf<T>(n);
        MatrixSpan<T> columns = ColumnMemory.Take(ref scratch, all, matrix.Rows), triangles = ScratchParts.Take(ref scratch, n, width);
        Span<T> diagonal = ScratchParts.Take(ref scratch, n), first = ScratchParts.Take(ref scratch, all * width), second = ScratchParts.Take(ref scratch, all * width);
        ColumnsWork<T>.Copy(matrix, columns.Slice(0, 0, n, columns.Columns), team);
        ColumnsWork<T>.Copy(sides, columns.Slice(n, 0, sides.Columns, columns.Columns), team);
        BlockedQr.Reduce(columns, matrix.Rows, triangles, diagonal, r, first, second, scratch, team, cancellation);
        for (int i = 0; i < n; i++)
        {
            r[i, i] = diagonal[i];
        }

        for (int j = 0; j < sides.Columns; j++)
        {
            ReadOnlySpan<T> column = columns.Row(n + j)[..matrix.Rows];
            column[..n].CopyTo(reflected.Row(j));
            residuals[j] = ScaledNorm.Of(column[n..]);
        }
    }
}
