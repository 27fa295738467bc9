using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>Norms of matrices. Thread-safe as long as calls share no scratch.</summary>
public static partial class Norms
{
    /// <summary>Returns the Frobenius norm √(Σᵢⱼ aᵢⱼ²), added up in the order of memory.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The matrix; 0 if it is empty.</param>
    /// <returns>The norm; infinite only if it is not representable.</returns>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Frobenius<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ScaledNorm.Of(matrix);

    /// <summary>Gets the scratch that <c>Operator</c> and <c>Nuclear</c> need: about n² + 130·n elements and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0.</exception>
    public static int GetSymmetricScratchLength<T>(int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ScratchLength.Of((Int128)SymmetricEigen.GetValuesScratchLength<T>(size) + size, size);

    /// <summary>Returns the operator norm of a symmetric matrix, max |λ|.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, symmetric within 4n·ε of its Frobenius norm. 0 if it is empty. For any other matrix take
    /// <c>Spectral</c>.</param>
    /// <param name="scratch">At least <see cref="GetSymmetricScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>The norm; infinite only if it is not representable.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, the matrix is not symmetric, or memory is shared;
    /// the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The eigenvalues did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Operator<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> values = SymmetricEigenvalues(matrix, scratch);
        return values.IsEmpty ? T.Zero : T.Max(T.Abs(values[0]), T.Abs(values[^1]));
    }

    /// <summary>Returns the nuclear norm of a symmetric matrix, Σ |λ|, the eigenvalues added in ascending order.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, symmetric within 4n·ε of its Frobenius norm. 0 if it is empty. For any other matrix take
    /// <c>GeneralNuclear</c>.</param>
    /// <param name="scratch">At least <see cref="GetSymmetricScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>The norm; infinite only if it is not representable.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, the matrix is not symmetric, or memory is shared;
    /// the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The eigenvalues did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Nuclear<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T value in SymmetricEigenvalues(matrix, scratch))
        {
            sum += T.Abs(value);
        }

        return sum;
    }

    /// <summary>Gets the scratch that <c>Spectral</c> needs: m·n and about 2·k² elements for k = min(m, n), and that of a
    /// product.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetSpectralScratchLength<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        int size = Math.Min(rows, columns);
        int product = Products.GetGramScratchLength<T>(size, Math.Max(rows, columns));

        // What is larger alone is refused under its own name before the eigenvalues' share is asked for.
        Int128 matrices = ScratchLength.Of(((Int128)rows * columns) + ((Int128)size * size), rows, columns);
        return ScratchLength.Of(matrices + Math.Max(product, GetSymmetricScratchLength<T>(size)), rows, columns);
    }

    /// <summary>Returns the spectral norm of any matrix, its operator norm and largest singular value, as √λ_max of MᵀM (of MMᵀ if M is
    /// wide), scaled before squaring.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">M, m×n, finite; 0 if it is empty.</param>
    /// <param name="scratch">At least <see cref="GetSpectralScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>
    /// The norm, with a relative error of at most the order of k·(min(l, 192) + l/192)·ε for k = min(m, n) and l = max(m, n), and for most matrices far
    /// below. It is infinite if it is not representable.
    /// </returns>
    /// <exception cref="ArgumentException">A length does not fit, an entry is not finite, or memory is shared; the message
    /// names the argument.</exception>
    /// <exception cref="NotConvergedException">The eigenvalues did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T Spectral<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.MinimumLength(scratch.Length, GetSpectralScratchLength<T>(matrix.Rows, matrix.Columns), nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        int size = Math.Min(matrix.Rows, matrix.Columns);
        if (size == 0)
        {
            return T.Zero;
        }

        // The lines are copied as they lie; a transposed view has the same norm.
        ReadOnlyMatrixSpan<T> lines = MatrixMemory.Lines(matrix);
        MatrixSpan<T> scaled = new(scratch[..(lines.Rows * lines.Columns)], lines.Rows, lines.Columns);
        (T scale, T inverse) = PowerOfTwo.Normalizing(MatrixMemory.LargestMagnitude(lines));
        for (int i = 0; i < lines.Rows; i++)
        {
            TensorPrimitives.Multiply(lines.Row(i), scale, scaled.Row(i));
        }

        MatrixSpan<T> gram = new(scratch.Slice(scaled.Data.Length, size * size), size, size);
        Span<T> rest = scratch[(scaled.Data.Length + gram.Data.Length)..];
        Products.Gram(scaled.Rows <= scaled.Columns ? scaled : scaled.Transposed, rest, gram);
        return T.Sqrt(T.Max(Eigenvalues<T>(gram, rest)[^1], T.Zero)) * inverse;
    }

    /// <summary>Gets the scratch that <c>GeneralNuclear</c> needs: about m·n + k² elements for k = min(m, n).</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetGeneralNuclearScratchLength<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ScratchLength.Of((Int128)JacobiSvd.GetValuesScratchLength<T>(rows, columns) + Math.Min(rows, columns), rows, columns);

    /// <summary>Returns the nuclear norm of any matrix, Σ σ, the singular values added in ascending order. Of a symmetric matrix,
    /// <c>Nuclear</c> is the same and faster.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">M, m×n, finite; 0 if it is empty.</param>
    /// <param name="scratch">At least <see cref="GetGeneralNuclearScratchLength"/> elements; shares no memory with the matrix.</param>
    /// <returns>The norm.</returns>
    /// <exception cref="ArgumentException">A length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotConvergedException">The singular values did not converge.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static T GeneralNuclear<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.MinimumLength(scratch.Length, GetGeneralNuclearScratchLength<T>(matrix.Rows, matrix.Columns), nameof(scratch));
        int size = Math.Min(matrix.Rows, matrix.Columns);
        Span<T> values = scratch[..size];
        JacobiSvd.Decompose(matrix, scratch[size..], values);
        T sum = T.Zero;
        for (int i = size - 1; i >= 0; i--)
        {
            sum += values[i];
        }

        return sum;
    }

    private static ReadOnlySpan<T> SymmetricEigenvalues<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Square(matrix.Rows, matrix.Columns, nameof(matrix));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Symmetry.Check(matrix, nameof(matrix));
        return Eigenvalues(matrix, scratch);
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
