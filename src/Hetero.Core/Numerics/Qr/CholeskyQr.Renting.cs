using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>The decomposition with scratch of its own, which is rented from the shared pool.</content>
public static partial class CholeskyQr
{
    /// <summary>Decomposes A = Q·R with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×k with n ≥ k and full column rank, finite, magnitudes below the largest number / (4·n). Q may be the same
    /// memory if A is not transposed.</param>
    /// <param name="q">Q, n×k, orthonormal columns.</param>
    /// <param name="r">R, k×k, upper triangular with zeros below; shares no memory with A and Q.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="RankDeficientException">A column depends on those before it, to working precision. Q and R are undefined
    /// then.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(matrix.Rows < matrix.Columns ? 0 : GetScratchLength<T>(matrix.Rows, matrix.Columns, team));
        Decompose(matrix, scratch.Span, q, r, team);
    }
}
