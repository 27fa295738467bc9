using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>Any shape and rank.</content>
public static partial class LeastSquares
{
    /// <summary>Gets the scratch of <c>SolveMinimumNorm</c>: about m·(n + s) + 3·n·min(m, n) elements, and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="sides">The columns s of B.</param>
    /// <param name="team">The team that the solution will run on, if any: each of its threads takes a share.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or the sizes need more than a span holds.</exception>
    public static int GetMinimumNormScratchLength<T>(int rows, int columns, int sides, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        Guard.AtLeast(sides, 0);
        bool isTall = PivotedQr.IsTall(rows, columns);
        Int128 length = rows + CompleteOrthogonal.GetScratchLength<T>(isTall ? columns : rows, columns, sides, team);
        if (isTall)
        {
            length = ((Int128)columns * columns) + ((Int128)columns * sides) + Int128.Max(length, TriangularReduction.GetScratchLength<T>(rows, columns, sides, team));
        }

        return ScratchLength.Of(length, Math.Max(rows, sides), columns);
    }

    /// <summary>Solves min‖A·X − B‖ for A of any shape and rank, with the least ‖X‖ column by column.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n, finite, magnitudes below the largest number / (4·max(m, n)).</param>
    /// <param name="sides">B, m×s, of the same kind.</param>
    /// <param name="tolerance">What of a column, relative to the longest one, counts as nothing: 0 or above and finite. <see cref="PivotedQr.DefaultTolerance"/> for a matrix that is known to all
    /// digits; the relative
    /// size of its errors otherwise.</param>
    /// <param name="scratch">At least <see cref="GetMinimumNormScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="solution">X, n×s. A and B are read before it is written: it may share memory with them.</param>
    /// <param name="residuals">Receives s lengths ‖A·x_j − b_j‖, for A without what counts as nothing. Shares no memory with X.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work between two panels of columns; the results are undefined then.</param>
    /// <returns>The rank that was taken, 0 to min(m, n).</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is below 0 or not finite.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static int SolveMinimumNorm<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlyMatrixSpan<T> sides,
        T tolerance,
        Span<T> scratch,
        MatrixSpan<T> solution,
        Span<T> residuals,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, s = sides.Columns;
        Guard.NotNegative(tolerance);
        Check(matrix, sides, scratch, solution, residuals);
        ScratchLength.Check(scratch.Length, GetMinimumNormScratchLength<T>(m, n, s, team), team, nameof(scratch));
        if (m == 0 || n == 0)
        {
            MatrixMemory.Clear(solution);
            MeasureColumns(sides, scratch, residuals);
            return 0;
        }

        if (!PivotedQr.IsTall(m, n))
        {
            residuals.Clear();
            return CompleteOrthogonal.Solve(matrix, sides, tolerance, scratch, solution, residuals, team, cancellation);
        }

        // The rest has the shape of R.
        MatrixSpan<T> r = ScratchParts.Take(ref scratch, n, n), reflected = ScratchParts.Take(ref scratch, s, n);
        TriangularReduction.Run(matrix, sides, scratch, r, reflected, residuals, team, cancellation);
        for (int i = 1; i < n; i++)
        {
            r.Row(i)[..i].Clear();
        }

        return CompleteOrthogonal.Solve(r, reflected.Transposed, tolerance, scratch, solution, residuals, team, cancellation);
    }
}
