using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>Norms of matrices. Thread-safe as long as calls share no scratch.</summary>
public static class Norms
{
    /// <summary>Returns the Frobenius norm √(Σᵢⱼ aᵢⱼ²), added up in the order of memory.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix; 0 if it is empty.</param>
    /// <returns>The norm, with the limits of <see cref="Reductions.Norm"/>.</returns>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Frobenius<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Reductions.Norm(matrix.Data);

    /// <summary>Gets the scratch that <see cref="Operator"/> and <see cref="Nuclear"/> need: n² + n elements.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0.</exception>
    public static int GetSymmetricScratchLength<T>(int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => checked(SymmetricEigen.GetValuesScratchLength<T>(size) + size);

    /// <summary>Returns the operator norm of a symmetric matrix, max |λ|.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite; only the lower triangle is used. 0 if it is empty.</param>
    /// <param name="scratch">At least <see cref="GetSymmetricScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The eigenvalues did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Operator<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> values = Eigenvalues(matrix, scratch);
        return values.IsEmpty ? T.Zero : T.Max(T.Abs(values[0]), T.Abs(values[^1]));
    }

    /// <summary>Returns the nuclear norm of a symmetric matrix, Σ |λ|, the eigenvalues added in ascending order.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite; only the lower triangle is used. 0 if it is empty.</param>
    /// <param name="scratch">At least <see cref="GetSymmetricScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The eigenvalues did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Nuclear<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T value in Eigenvalues(matrix, scratch))
        {
            sum += T.Abs(value);
        }

        return sum;
    }

    /// <summary>Gets the scratch that <see cref="Spectral"/> needs: about 2·k² elements for k = min(m, n), and that of a product.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetSpectralScratchLength<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Math.Min(rows, columns);
        int product = Products.GetGramScratchLength<T>(size, Math.Max(rows, columns));
        return checked((size * size) + Math.Max(product, GetSymmetricScratchLength<T>(size)));
    }

    /// <summary>Returns the spectral norm of any small matrix, the largest singular value, as √λ_max of MᵀM (of MMᵀ if M is
    /// wide).</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">M, m×n, finite; 0 if it is empty.</param>
    /// <param name="scratch">At least <see cref="GetSpectralScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>
    /// The norm, with a relative error of the order of max(m, n)·ε. Squares are taken without scaling: norms above about 10¹⁵³ (float:
    /// 10¹⁸) are refused, and those below about 10⁻¹⁴⁶ (float: 10⁻¹⁵) lose digits, down to 0.
    /// </returns>
    /// <exception cref="ArgumentException">A length does not fit, an entry or its square is not finite, or memory is shared; the message
    /// names the argument.</exception>
    /// <exception cref="NotConvergedException">The eigenvalues did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Spectral<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.MinimumLength(scratch.Length, GetSpectralScratchLength<T>(matrix.Rows, matrix.Columns), nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        int size = Math.Min(matrix.Rows, matrix.Columns);
        MatrixSpan<T> gram = new(scratch[..(size * size)], size, size);
        Span<T> rest = scratch[(size * size)..];
        Products.Gram(matrix.Rows <= matrix.Columns ? matrix : matrix.Transposed, rest, gram);
        Guard.AllFinite<T>(gram.Data, nameof(matrix), "finite entries with finite squares");
        ReadOnlySpan<T> values = Eigenvalues<T>(gram, rest);
        return values.IsEmpty ? T.Zero : T.Sqrt(T.Max(values[^1], T.Zero));
    }

    private static ReadOnlySpan<T> Eigenvalues<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Guard.MinimumLength(scratch.Length, GetSymmetricScratchLength<T>(n), nameof(scratch));
        Span<T> values = scratch[..n];
        SymmetricEigen.Decompose(matrix, scratch[n..], values);
        return values;
    }
}
