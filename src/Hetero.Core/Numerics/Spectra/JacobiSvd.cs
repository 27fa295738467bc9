using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The thin singular value decomposition (SVD) A = U·diag(σ)·Vᵀ by one-sided Jacobi rotations of the R of a pivoted QR decomposition (Drmač,
/// Veselić, SIAM J. Matrix Anal. Appl. 29, 2008). Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// <para>
/// ‖A − U·diag(σ)·Vᵀ‖ (times 1/‖A‖), ‖UᵀU − I‖ and ‖VᵀV − I‖ are of the order of √(m·n)·ε, whatever the rank. For A = D₁·B·D₂ with
/// diagonal D₁, D₂ as bad as they like, the relative error of every σ is of the order of the condition of B, not of A, times n·ε: small
/// singular values of graded matrices have all their digits. Below about 10⁻²⁸⁹ (float: 10⁻³⁰) times the largest entry σ is 0.
/// </para>
/// <para>
/// With k = min(m, n): about 4·m·n·k operations for the QR and U, and for each sweep k²/2 pairs of 2·k to 10·k (with U, 18·k); 4 to 8
/// sweeps as a rule. At absolute accuracy, errors of √n·ε·‖A‖ in every σ, <see cref="Svd"/> is 4 to 24 times faster for 20 to 300 columns, the more the larger: take it unless small σ of
/// graded rows or columns matter.
/// </para>
/// <para>Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// <example>
/// <code>
/// double[] a = [3, 0, 4, 5], values = new double[2];
/// JacobiSvd.Decompose(new ReadOnlyMatrixSpan&lt;double&gt;(a, 2, 2), values); // 3·√5 and √5
/// </code>
/// </example>
/// </remarks>
public static partial class JacobiSvd
{
    /// <summary>Gets the scratch of the decomposition with vectors: about 2·m·n + 2·k² elements, k = min(m, n).</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetScratchLength<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Math.Min(rows, columns);
        return ScratchLength.Of(GetValuesScratchLength<T>(rows, columns) + ((Int128)rows * columns) + ((Int128)size * size), rows, columns);
    }

    /// <summary>Gets the scratch of the decomposition without vectors: about m·n + k² elements, k = min(m, n).</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetValuesScratchLength<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        int size = Math.Min(rows, columns);
        return ScratchLength.Of(
            ((Int128)rows * columns) + ((Int128)size * size) + (6 * (Int128)size) + (2 * (Int128)Math.Max(rows, columns)), rows, columns);
    }

    /// <summary>Computes singular values, and left and right singular vectors, or one kind of them.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite, magnitudes below the largest number / (m + n). It is read before anything but
    /// scratch is written, so the outputs may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="left">U, m×k for k = min(m, n), with orthonormal columns; 0×0 (the default) if it is not wanted.</param>
    /// <param name="values">The k singular values, descending.</param>
    /// <param name="right">V, n×k, with orthonormal columns; 0×0 (the default) if it is not wanted. The outputs share no
    /// memory.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The rotations did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Math.Min(matrix.Rows, matrix.Columns);
        Check(matrix, scratch, values, GetScratchLength<T>(matrix.Rows, matrix.Columns));
        bool wantsLeft = CheckVectors(left, matrix.Rows, size, scratch, values, nameof(left));
        bool wantsRight = CheckVectors(right, matrix.Columns, size, scratch, values, nameof(right));
        MatrixMemory.NoOverlap<T>(left, right, nameof(left), nameof(right));
        if (matrix.Rows >= matrix.Columns)
        {
            DecomposeTall(matrix, scratch, left, wantsLeft, values, right, wantsRight);
        }
        else
        {
            DecomposeTall(matrix.Transposed, scratch, right, wantsRight, values, left, wantsLeft);
        }
    }

    /// <summary>Computes the singular values alone; the same bits as with vectors.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite, magnitudes below the largest number / (m + n). It is read before anything but
    /// scratch is written, so the values may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetValuesScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="values">The min(m, n) singular values, descending.</param>
    /// <exception cref="ArgumentException">A length does not fit, an entry is not finite, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotConvergedException">The rotations did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(matrix, scratch, values, GetValuesScratchLength<T>(matrix.Rows, matrix.Columns));
        DecomposeTall(matrix.Rows >= matrix.Columns ? matrix : matrix.Transposed, scratch, default, false, values, default, false);
    }

    private static void Check<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, int scratchLength)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Length(values.Length, Math.Min(matrix.Rows, matrix.Columns), nameof(values));
        Guard.MinimumLength(scratch.Length, scratchLength, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(values, scratch, nameof(values), nameof(scratch));
    }

    /// <summary>Returns whether the vectors are wanted.</summary>
    private static bool CheckVectors<T>(MatrixSpan<T> vectors, int rows, int columns, Span<T> scratch, Span<T> values, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (vectors.Rows == 0 && vectors.Columns == 0)
        {
            return false;
        }

        Guard.Shape(vectors.Rows, vectors.Columns, rows, columns, name);
        Guard.NoOverlap(vectors.Data, scratch, name, nameof(scratch));
        Guard.NoOverlap(values, vectors.Data, nameof(values), name);
        return true;
    }

    /// <summary>
    /// D·A·P = Q·R, D sorting rows; J·R = diag(σ)·Wᵀ, W = V up to P. So U = Dᵀ·Q·Jᵀ, whose columns are reflected rows of J. The rows of R
    /// are rotated rather than its columns: pivoting has made them nearly orthogonal already.
    /// </summary>
    private static void DecomposeTall<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> left, bool wantsLeft, Span<T> values, MatrixSpan<T> right, bool wantsRight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows;
        int n = matrix.Columns;
        if (n == 0)
        {
            return;
        }

        MatrixSpan<T> columns = Take(ref scratch, n, m);
        MatrixSpan<T> triangle = Take(ref scratch, n, n);
        Span<T> norms = Take(ref scratch, 1, 2 * n).Data;
        Span<T> sigma = Take(ref scratch, 1, n).Data;
        Span<T> diagonal = Take(ref scratch, 1, n).Data;
        Span<T> factors = Take(ref scratch, 1, n).Data;
        Span<int> permutation = MemoryMarshal.Cast<T, int>(Take(ref scratch, 1, n).Data)[..n];
        Span<T> keys = Take(ref scratch, 1, m).Data;
        Span<int> order = MemoryMarshal.Cast<T, int>(Take(ref scratch, 1, m).Data)[..m];

        T inverse = CopyScaledAndSorted(matrix, columns, keys, order);
        ColumnwisePivotedQr.Decompose(columns, permutation, norms, diagonal, factors);
        for (int i = 0; i < n; i++)
        {
            Span<T> row = triangle.Row(i);
            row[..i].Clear();
            row[i] = diagonal[i];
            for (int j = i + 1; j < n; j++)
            {
                row[j] = columns.Data[(j * m) + i];
            }
        }

        MatrixSpan<T> accumulated = default;
        if (wantsLeft)
        {
            accumulated = Take(ref scratch, n, n);
            accumulated.Data.Clear();
            for (int i = 0; i < n; i++)
            {
                accumulated[i, i] = T.One;
            }
        }

        OneSidedJacobi.Orthogonalize(triangle, accumulated, sigma);
        TensorPrimitives.Multiply(sigma, inverse, values);
        if (wantsRight)
        {
            Normalize(triangle, sigma);
            for (int j = 0; j < n; j++)
            {
                Span<T> row = right.Row(permutation[j]);
                for (int i = 0; i < n; i++)
                {
                    row[i] = triangle.Data[(i * n) + j];
                }
            }
        }

        if (wantsLeft)
        {
            MatrixSpan<T> transposed = Take(ref scratch, n, m);
            for (int i = 0; i < n; i++)
            {
                Span<T> row = transposed.Row(i);
                accumulated.Row(i).CopyTo(row);
                row[n..].Clear();
                for (int k = n - 1; k >= 0; k--)
                {
                    HouseholderReflection.Apply(columns.Row(k)[k..], factors[k], row[k..]);
                }
            }

            for (int i = 0; i < m; i++)
            {
                Span<T> row = left.Row(order[i]);
                for (int j = 0; j < n; j++)
                {
                    row[j] = transposed.Data[(j * m) + i];
                }
            }
        }
    }

    private static MatrixSpan<T> Take<T>(scoped ref Span<T> scratch, int rows, int columns)
        where T : unmanaged
    {
        MatrixSpan<T> taken = new(scratch[..(rows * columns)], rows, columns);
        scratch = scratch[(rows * columns)..];
        return taken;
    }

    /// <summary>Copies columns to rows, scaled by a power of two to magnitudes below 2, in descending order of the rows' largest
    /// magnitude; returns the inverse of the scale.</summary>
    private static T CopyScaledAndSorted<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> columns, Span<T> keys, Span<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T scale, T inverse) = PowerOfTwo.Normalizing(MatrixMemory.LargestMagnitude(matrix));
        for (int i = 0; i < matrix.Rows; i++)
        {
            T largest = T.Zero;
            for (int j = 0; j < matrix.Columns; j++)
            {
                largest = T.Max(largest, T.Abs(matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)]));
            }

            keys[i] = largest;
        }

        DescendingOrder.Of<T>(keys, order);
        for (int j = 0; j < columns.Rows; j++)
        {
            Span<T> column = columns.Row(j);
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = matrix.Data[(order[i] * matrix.RowStride) + (j * matrix.ColumnStride)] * scale;
            }
        }

        return inverse;
    }

    /// <summary>Divides rows by their lengths. The rows of length 0, which are last, become unit vectors orthogonal to all before.</summary>
    private static void Normalize<T>(MatrixSpan<T> rows, ReadOnlySpan<T> norms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = rows.Rows;
        for (int i = 0; i < n; i++)
        {
            Span<T> row = rows.Row(i);
            if (!T.IsZero(norms[i]))
            {
                TensorPrimitives.Divide<T>(row, norms[i], row);
                continue;
            }

            // The axis that is farthest from the rows so far is at least 1/√n away from their span.
            row[FarthestAxis(rows, i)] = T.One;
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    TensorPrimitives.FusedMultiplyAdd<T>(rows.Row(j), -Reductions.Dot<T>(rows.Row(j), row), row, row);
                }
            }

            TensorPrimitives.Divide<T>(row, Reductions.Norm<T>(row), row);
        }
    }

    private static int FarthestAxis<T>(MatrixSpan<T> rows, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int farthest = 0;
        T least = T.PositiveInfinity;
        for (int axis = 0; axis < rows.Columns; axis++)
        {
            T sum = T.Zero;
            for (int i = 0; i < count; i++)
            {
                T entry = rows.Data[(i * rows.Columns) + axis];
                sum = T.FusedMultiplyAdd(entry, entry, sum);
            }

            (farthest, least) = sum < least ? (axis, sum) : (farthest, least);
        }

        return farthest;
    }
}
