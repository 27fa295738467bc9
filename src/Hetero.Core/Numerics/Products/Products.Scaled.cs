using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>Products with the factors α and β, as in BLAS.</content>
public static partial class Products
{
    /// <summary>C ← α·A·B + β·C, the field's GEMM.</summary>
    /// <remarks>
    /// <para>
    /// What is rounded: c₀ = β·c; then, for every block of 192 steps of the inner index in ascending order, α·s and c ← c + α·s, s being the block's sum as in
    /// <see cref="Multiply{T}(ReadOnlyMatrixSpan{T}, ReadOnlyMatrixSpan{T}, Span{T}, MatrixSpan{T}, WorkerTeam?, CancellationToken)"/>. With
    /// β = 0 the destination is not read, and the first block gives α·s. Multiplying by 1 or −1 rounds nothing. With α = 0 the factors are not read. So α = 1, β = 0 has the bits of Multiply, and
    /// α = β = 1 those of MultiplyAdd.
    /// </para>
    /// <example>
    /// The Schur complement of a block, in place:
    /// <code>
    /// MatrixSpan&lt;double&gt; corner = matrix.Slice(k, k, n - k, n - k);
    /// Products.Multiply(-1.0, matrix.Slice(k, 0, n - k, k), matrix.Slice(0, k, k, n - k), 1.0, scratch, corner);
    /// </code>
    /// </example>
    /// </remarks>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">α, finite.</param>
    /// <param name="left">A, m×k; may be transposed.</param>
    /// <param name="right">B, k×n; may be transposed. It may share memory with A.</param>
    /// <param name="beta">β, finite.</param>
    /// <param name="scratch">At least <see cref="GetMultiplyScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">C, m×n; shares no memory with A and B.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, a factor is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Multiply<T>(
        T alpha,
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        T beta,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckMultiply(left, right, scratch, destination, team);
        Dispatch(left, right, scratch, destination, team, ProductUpdate<T>.Of(alpha, beta), ProductShape.Full, cancellation);
    }

    /// <summary>
    /// G ← α·U·Uᵀ + β·G, the field's SYRK, symmetric bit for bit: of G the part on and below the diagonal is read and computed, and mirrored. The rounding is that
    /// of <see cref="Multiply{T}(T, ReadOnlyMatrixSpan{T}, ReadOnlyMatrixSpan{T}, T, Span{T}, MatrixSpan{T}, WorkerTeam?, CancellationToken)"/>.
    /// </summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">α, finite.</param>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="beta">β, finite.</param>
    /// <param name="scratch">At least <see cref="GetGramScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">G, m×m; shares no memory with U.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, a factor is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Gram<T>(
        T alpha,
        ReadOnlyMatrixSpan<T> factor,
        T beta,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckGram(factor, scratch, destination, team);
        Dispatch(factor, factor.Transposed, scratch, destination, team, ProductUpdate<T>.Of(alpha, beta), ProductShape.Mirrored, cancellation);
    }

    /// <summary>
    /// The part of G ← α·U·Uᵀ + β·G on and below the diagonal, as SYRK leaves it; the entries above the diagonal are neither read nor written.
    /// </summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">α, finite.</param>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="beta">β, finite.</param>
    /// <param name="scratch">At least <see cref="GetGramScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">G, m×m; shares no memory with U.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, a factor is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void GramLower<T>(
        T alpha,
        ReadOnlyMatrixSpan<T> factor,
        T beta,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckGram(factor, scratch, destination, team);
        Dispatch(factor, factor.Transposed, scratch, destination, team, ProductUpdate<T>.Of(alpha, beta), ProductShape.Lower, cancellation);
    }
}
