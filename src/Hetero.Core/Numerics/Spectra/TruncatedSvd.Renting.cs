using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <content>The decomposition with scratch of its own, which is rented from the shared pool.</content>
public static partial class TruncatedSvd
{
    /// <summary>Computes the k largest singular values and their vectors with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite, magnitudes below the largest number / (4·(m + n)).</param>
    /// <param name="sketch">Ω, n×l with k ≤ l ≤ min(m, n), finite, magnitudes below the largest number / (4·n): Gaussian numbers of a <c>RandomStream</c>, p = l − k. It is overwritten.</param>
    /// <param name="powers">q, 0 or more: 0 to 3 as a rule.</param>
    /// <param name="left">U, m×k, with orthonormal columns.</param>
    /// <param name="values">The k singular values, descending.</param>
    /// <param name="right">V, n×k, with orthonormal columns. No two arguments share memory.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work between two blocks of a product or of rows of the error, or two panels of a QR decomposition, not within an SVD of l columns; results are undefined
    /// then.</param>
    /// <returns>‖A − U·diag(σ)·Vᵀ‖_F, measured.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="powers"/> is below 0.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    // A target-typed new(array, n, k) for the fourth argument is a matrix, not scratch.
    [OverloadResolutionPriority(1)]
    public static T Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix,
        MatrixSpan<T> sketch,
        int powers,
        MatrixSpan<T> left,
        Span<T> values,
        MatrixSpan<T> right,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(matrix, sketch, powers, values);
        using RentedScratch<T> scratch = new(GetScratchLength<T>(matrix.Rows, matrix.Columns, sketch.Columns, team));
        return Decompose(matrix, sketch, powers, scratch.Span, left, values, right, team, cancellation);
    }
}
