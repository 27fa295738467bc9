using System.Numerics;

namespace Hetero.Core.Numerics;

/// <content>Norms with scratch of their own, which is rented from the shared pool: they may allocate.</content>
public static partial class Norms
{
    /// <summary>Returns the operator norm of a symmetric matrix, max |λ|, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, symmetric within 4n·ε of its Frobenius norm. 0 if it is empty.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or an entry is not finite; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Operator<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetSymmetricScratchLength<T>(matrix.Rows));
        return Operator(matrix, scratch.Span);
    }

    /// <summary>Returns the nuclear norm of a symmetric matrix, Σ |λ|, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, symmetric within 4n·ε of its Frobenius norm. 0 if it is empty.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or an entry is not finite; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Nuclear<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetSymmetricScratchLength<T>(matrix.Rows));
        return Nuclear(matrix, scratch.Span);
    }

    /// <summary>Returns the spectral norm of any matrix with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">M, m×n, finite; 0 if it is empty.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or an entry is not finite; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Spectral<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetSpectralScratchLength<T>(matrix.Rows, matrix.Columns));
        return Spectral(matrix, scratch.Span);
    }

    /// <summary>Returns the nuclear norm of any matrix, Σ σ, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">M, m×n, finite; 0 if it is empty.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or an entry is not finite; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T GeneralNuclear<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetGeneralNuclearScratchLength<T>(matrix.Rows, matrix.Columns));
        return GeneralNuclear(matrix, scratch.Span);
    }
}
