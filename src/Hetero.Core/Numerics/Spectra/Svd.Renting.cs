using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <content>The decomposition with scratch of its own, which is rented from the shared pool.</content>
public static partial class Svd
{
    /// <summary>Computes singular values and vectors with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite. The outputs may share its memory.</param>
    /// <param name="left">U, m×k for k = min(m, n), with orthonormal columns; 0×0 (the default) if it is not wanted.</param>
    /// <param name="values">The k singular values, descending. Those above the largest number are infinite.</param>
    /// <param name="right">V, n×k, with orthonormal columns; 0×0 (the default) if it is not wanted. The outputs share no memory.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    // A target-typed new(array, n, n) for the second and fourth argument is a matrix, not scratch and a team.
    [OverloadResolutionPriority(1)]
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetScratchLength<T>(matrix.Rows, matrix.Columns, team));
        Decompose(matrix, scratch.Span, left, values, right, team);
    }

    /// <summary>Computes the singular values alone with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite. The values may share its memory.</param>
    /// <param name="values">The min(m, n) singular values, descending. Those above the largest number are infinite.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetValuesScratchLength<T>(matrix.Rows, matrix.Columns, team));
        Decompose(matrix, scratch.Span, values, team);
    }
}
