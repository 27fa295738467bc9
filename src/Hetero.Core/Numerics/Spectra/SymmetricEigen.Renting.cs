using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <content>The decomposition with scratch of its own, which is rented from the shared pool.</content>
public static partial class SymmetricEigen
{
    /// <summary>Computes eigenvalues and eigenvectors with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite. Only the lower triangle is used. The outputs may share its memory.</param>
    /// <param name="values">The n eigenvalues, ascending.</param>
    /// <param name="vectors">V, n×n: column i is the unit eigenvector of value i; shares no memory with the values.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    // A target-typed new(array, n, n) for the third argument is the vectors, not values behind scratch.
    [OverloadResolutionPriority(1)]
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values, MatrixSpan<T> vectors, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetScratchLength<T>(matrix.Rows, team));
        Decompose(matrix, scratch.Span, values, vectors, team);
    }

    /// <summary>Computes the eigenvalues of a range of ranks and their eigenvectors with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite. Only the lower triangle is used. The outputs may share its memory.</param>
    /// <param name="first">How many eigenvalues are smaller than those wanted: n − k for the k largest, 0 for the k smallest.</param>
    /// <param name="values">k eigenvalues, ascending.</param>
    /// <param name="vectors">n×k: column i is the unit eigenvector of value i; shares no memory with the values.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is below 0 or above n − k.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void DecomposeRange<T>(ReadOnlyMatrixSpan<T> matrix, int first, Span<T> values, MatrixSpan<T> vectors, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Square(matrix.Rows, matrix.Columns, nameof(matrix));
        CheckRange(matrix.Rows, first, values.Length);
        using RentedScratch<T> scratch = new(GetRangeScratchLength<T>(matrix.Rows, values.Length, team));
        DecomposeRange(matrix, scratch.Span, first, values, vectors, team);
    }

    /// <summary>Computes the eigenvalues alone with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite. Only the lower triangle is used. The values may share its memory.</param>
    /// <param name="values">The n eigenvalues, ascending. They may differ in the last digits from those with vectors.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetValuesScratchLength<T>(matrix.Rows, team));
        Decompose(matrix, scratch.Span, values, team);
    }
}
