using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>The decomposition with scratch of its own, which is rented from the shared pool.</content>
public static partial class HouseholderQr
{
    /// <summary>Decomposes A = Q·R with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n with m ≥ n, finite, magnitudes below the largest number / (4·m). Q may share its memory.</param>
    /// <param name="q">Q, m×n, orthonormal columns even if A is rank-deficient; shares no memory with R.</param>
    /// <param name="r">R, n×n, upper triangular with zeros below.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the decomposition between two panels of columns; Q and R are undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="OperationCanceledException">The decomposition was ended.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(matrix.Rows < matrix.Columns ? 0 : GetScratchLength<T>(matrix.Rows, matrix.Columns, team));
        Decompose(matrix, scratch.Span, q, r, team, cancellation);
    }
}
