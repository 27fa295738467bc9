using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>The decomposition with scratch of its own, which is rented from the shared pool.</content>
public static partial class PivotedQr
{
    /// <summary>Decomposes A·P = Q·R with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite, magnitudes below the largest number / (4·m). Q may share its memory.</param>
    /// <param name="q">Q, m×k for k = min(m, n), orthonormal columns even if A is rank-deficient; shares no memory with R.</param>
    /// <param name="r">R, k×n, upper trapezoidal with zeros below.</param>
    /// <param name="permutation">Receives n numbers: column j of A·P is column permutation[j] of A.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the decomposition between two panels of columns; the results are undefined then.</param>
    /// <returns>The rank estimate at <see cref="DefaultTolerance"/>.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The decomposition was ended.</exception>
    public static int Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> q, MatrixSpan<T> r, Span<int> permutation, WorkerTeam? team = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetScratchLength<T>(matrix.Rows, matrix.Columns, team));
        return Decompose(matrix, scratch.Span, q, r, permutation, team, cancellation);
    }
}
