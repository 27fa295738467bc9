using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The thin QR decomposition A = Q·R by Householder reflections (LAPACK: GEQRF and ORGQR), with R's diagonal zero or above. For A of full rank it is unique,
/// so that Q of a Gaussian matrix is a uniformly distributed (Haar) orthonormal frame. Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// <para>‖A − QR‖ and ‖QᵀQ − I‖ are of the order of √(m·n)·ε (times ‖A‖), whatever the rank. About 4·m·n² − 4n³/3 operations.</para>
/// <para>Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// <example>
/// <code>
/// double[] a = [3, 1, 4, 2], q = new double[4], r = new double[4];
/// HouseholderQr.Decompose(new ReadOnlyMatrixSpan&lt;double&gt;(a, 2, 2), new MatrixSpan&lt;double&gt;(q, 2, 2), new MatrixSpan&lt;double&gt;(r, 2, 2)); // r[0] is 5
/// </code>
/// </example>
/// </remarks>
public static partial class HouseholderQr
{
    /// <summary>Gets the scratch that <c>Decompose</c> needs: 2·m·n + 2·n elements.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 0, or <paramref name="rows"/> below
    /// it.</exception>
    public static int GetScratchLength<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(columns, 0);
        Guard.AtLeast(rows, columns);
        return ScratchLength.Of((2 * (Int128)rows * columns) + (2 * (Int128)columns), rows, columns);
    }

    /// <summary>Decomposes A = Q·R.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n with m ≥ n, finite, magnitudes below the largest number / (4·m). It is read before anything but scratch
    /// is written, so Q may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="q">Q, m×n, orthonormal columns even if A is rank-deficient; shares no memory with R.</param>
    /// <param name="r">R, n×n, upper triangular with zeros below.</param>
    /// <param name="cancellation">Ends the decomposition between two columns; Q and R are undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The decomposition was ended.</exception>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows;
        int n = matrix.Columns;
        Guard.Element<T>();
        Guard.Tall(m, n, nameof(matrix));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Shape(q.Rows, q.Columns, m, n, nameof(q));
        Guard.Shape(r.Rows, r.Columns, n, n, nameof(r));
        Guard.MinimumLength(scratch.Length, GetScratchLength<T>(m, n), nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(q.Data, scratch, nameof(q), nameof(scratch));
        Guard.NoOverlap(r.Data, scratch, nameof(r), nameof(scratch));
        MatrixMemory.NoOverlap<T>(q, r, nameof(q), nameof(r));

        // Columns are stored as rows, so that every step below walks along memory.
        MatrixSpan<T> work = new(scratch[..(n * m)], n, m);
        MatrixSpan<T> frame = new(scratch.Slice(n * m, n * m), n, m);
        Span<T> factors = scratch.Slice(2 * n * m, n);
        Span<T> diagonal = scratch.Slice((2 * n * m) + n, n);
        for (int j = 0; j < n; j++)
        {
            Span<T> column = work.Row(j);
            for (int i = 0; i < m; i++)
            {
                column[i] = matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)];
            }
        }

        for (int k = 0; k < n; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<T> v = work.Row(k)[k..];
            (diagonal[k], factors[k]) = HouseholderReflection.Create(v);
            for (int j = k + 1; j < n; j++)
            {
                HouseholderReflection.Apply(v, factors[k], work.Row(j)[k..]);
            }
        }

        // Column j is H₀…Hₙ₋₁·eⱼ, and the reflections after the j-th leave eⱼ alone.
        for (int k = n - 1; k >= 0; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            frame.Row(k).Clear();
            frame[k, k] = T.One;
            for (int j = k; j < n; j++)
            {
                HouseholderReflection.Apply(work.Row(k)[k..], factors[k], frame.Row(j)[k..]);
            }
        }

        // A = (Q·S)·(S·R) for any diagonal S of signs; S makes the diagonal of R zero or above.
        for (int k = 0; k < n; k++)
        {
            bool flip = T.IsNegative(diagonal[k]);
            Span<T> row = r.Row(k);
            row[..k].Clear();
            row[k] = T.Abs(diagonal[k]);
            for (int j = k + 1; j < n; j++)
            {
                row[j] = flip ? -work[j, k] : work[j, k];
            }

            Span<T> column = frame.Row(k);
            for (int i = 0; i < m; i++)
            {
                q.Data[(i * q.RowStride) + k] = flip ? -column[i] : column[i];
            }
        }
    }
}
