using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>The solutions with scratch of their own, which is rented from the shared pool.</content>
public static partial class LeastSquares
{
    /// <summary>Solves min‖A·X − B‖ for A of full column rank, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n with m ≥ n, finite, magnitudes below the largest number / (4·m).</param>
    /// <param name="sides">B, m×s, of the same kind.</param>
    /// <param name="solution">X, n×s. It may share memory with A and B.</param>
    /// <param name="residuals">Receives s lengths ‖A·x_j − b_j‖; with m = n they are 0. Shares no memory with X.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work between two panels of columns; the results are undefined then.</param>
    /// <returns>An estimate of 1/κ, κ the condition of A with its columns scaled to about one length.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="RankDeficientException">To working precision a column depends on those before it.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static T Solve<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlyMatrixSpan<T> sides,
        MatrixSpan<T> solution,
        Span<T> residuals,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(matrix.Rows < matrix.Columns ? 0 : GetScratchLength<T>(matrix.Rows, matrix.Columns, sides.Columns, team));
        return Solve(matrix, sides, scratch.Span, solution, residuals, team, cancellation);
    }

    /// <summary>Solves min‖A·X − B‖ for A of any shape and rank, with the least ‖X‖, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n, finite, magnitudes below the largest number / (4·max(m, n)).</param>
    /// <param name="sides">B, m×s, of the same kind.</param>
    /// <param name="tolerance">What of a column, relative to the longest one, counts as nothing: 0 or above and finite, such as <see cref="PivotedQr.DefaultTolerance"/>.</param>
    /// <param name="solution">X, n×s. It may share memory with A and B.</param>
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
        MatrixSpan<T> solution,
        Span<T> residuals,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetMinimumNormScratchLength<T>(matrix.Rows, matrix.Columns, sides.Columns, team));
        return SolveMinimumNorm(matrix, sides, tolerance, scratch.Span, solution, residuals, team, cancellation);
    }
}
