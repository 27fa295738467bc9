using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>Products with scratch of their own, which is rented from the shared pool: they may allocate.</content>
public static partial class Products
{
    /// <summary>C ← A·B with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">A, m×k; may be transposed.</param>
    /// <param name="right">B, k×n; may be transposed. It may share memory with A.</param>
    /// <param name="destination">C, m×n; shares no memory with A and B. Zero if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Multiply<T>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetMultiplyScratchLength<T>(left.Rows, left.Columns, right.Columns, team));
        Multiply(left, right, scratch.Span, destination, team, cancellation);
    }

    /// <summary>C ← C + A·B with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">A, m×k; may be transposed.</param>
    /// <param name="right">B, k×n; may be transposed. It may share memory with A.</param>
    /// <param name="destination">C, m×n; shares no memory with A and B. Unchanged if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void MultiplyAdd<T>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetMultiplyScratchLength<T>(left.Rows, left.Columns, right.Columns, team));
        MultiplyAdd(left, right, scratch.Span, destination, team, cancellation);
    }

    /// <summary>C ← α·A·B + β·C (GEMM) with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">α, finite.</param>
    /// <param name="left">A, m×k; may be transposed.</param>
    /// <param name="right">B, k×n; may be transposed. It may share memory with A.</param>
    /// <param name="beta">β, finite; with 0 the destination is not read.</param>
    /// <param name="destination">C, m×n; shares no memory with A and B.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Multiply<T>(
        T alpha,
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        T beta,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetMultiplyScratchLength<T>(left.Rows, left.Columns, right.Columns, team));
        Multiply(alpha, left, right, beta, scratch.Span, destination, team, cancellation);
    }

    /// <summary>G ← U·Uᵀ with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="destination">G, m×m; shares no memory with U. Zero if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Gram<T>(
        ReadOnlyMatrixSpan<T> factor,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetGramScratchLength<T>(factor.Rows, factor.Columns, team));
        Gram(factor, scratch.Span, destination, team, cancellation);
    }

    /// <summary>The part of U·Uᵀ on and below the diagonal, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="destination">G, m×m; shares no memory with U. The entries above the diagonal stay what they are.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void GramLower<T>(
        ReadOnlyMatrixSpan<T> factor,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetGramScratchLength<T>(factor.Rows, factor.Columns, team));
        GramLower(factor, scratch.Span, destination, team, cancellation);
    }

    /// <summary>G ← α·U·Uᵀ + β·G (SYRK), mirrored, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">α, finite.</param>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="beta">β, finite; with 0 the destination is not read.</param>
    /// <param name="destination">G, m×m; shares no memory with U.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Gram<T>(
        T alpha,
        ReadOnlyMatrixSpan<T> factor,
        T beta,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetGramScratchLength<T>(factor.Rows, factor.Columns, team));
        Gram(alpha, factor, beta, scratch.Span, destination, team, cancellation);
    }

    /// <summary>The part of α·U·Uᵀ + β·G (SYRK) on and below the diagonal, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">α, finite.</param>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="beta">β, finite; with 0 the destination is not read.</param>
    /// <param name="destination">G, m×m; shares no memory with U. The entries above the diagonal stay what they are.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void GramLower<T>(
        T alpha,
        ReadOnlyMatrixSpan<T> factor,
        T beta,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetGramScratchLength<T>(factor.Rows, factor.Columns, team));
        GramLower(alpha, factor, beta, scratch.Span, destination, team, cancellation);
    }
}
