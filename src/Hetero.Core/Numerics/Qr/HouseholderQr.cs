using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The thin QR decomposition A = Q·R by Householder reflections (LAPACK: GEQRF and ORGQR), with R's diagonal zero or above. For A of full rank it is unique,
/// so that Q of a Gaussian matrix is a uniformly distributed (Haar) orthonormal frame.
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>‖A − QR‖ and ‖QᵀQ − I‖ are of the order of √(m·n)·ε (times ‖A‖), whatever the rank. About 4·m·n² − 4n³/3 operations, in panels of 24 columns (48 of many floats)
/// whose reflections become products of matrices (compact WY); with up to 48 columns and many more rows, in blocks of rows that a cache holds (TSQR), which a team shares.</para>
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
    /// <summary>Gets the scratch that <c>Decompose</c> needs: 2·m·n + 2·n elements up to eight columns and few rows, about m·n otherwise. Ask for the shape itself: fewer rows may take more.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is below 0, or <paramref name="rows"/> below
    /// it.</exception>
    public static int GetScratchLength<T>(int rows, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(columns, 0);
        Guard.AtLeast(rows, columns);
        return ScratchLength.Of(GetPathScratchLength<T>(rows, columns, team), rows, columns);
    }

    /// <summary>Decomposes A = Q·R.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n with m ≥ n, finite, magnitudes below the largest number / (4·m). It is read before anything but scratch
    /// is written, so Q may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="q">Q, m×n, orthonormal columns even if A is rank-deficient; shares no memory with R.</param>
    /// <param name="r">R, n×n, upper triangular with zeros below.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the decomposition between two panels of columns; Q and R are undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The decomposition was ended.</exception>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows;
        int n = matrix.Columns;
        Guard.Element<T>();
        Guard.Tall(m, n, nameof(matrix));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Shape(q.Rows, q.Columns, m, n, nameof(q));
        Guard.Shape(r.Rows, r.Columns, n, n, nameof(r));
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(m, n, team), team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(q.Data, scratch, nameof(q), nameof(scratch));
        Guard.NoOverlap(r.Data, scratch, nameof(r), nameof(scratch));
        MatrixMemory.NoOverlap<T>(q, r, nameof(q), nameof(r));

        DecomposeOnPath(matrix, scratch, q, r, team, cancellation);
    }

    /// <summary>Gets the scratch of <see cref="DecomposeOnPath"/>.</summary>
    internal static Int128 GetPathScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => TallQr.Takes<T>(rows, columns) ? TallQr.GetScratchLength<T>(rows, columns, team)
            : columns <= ColumnwiseQr.MostColumns ? ColumnwiseQr.GetScratchLength(rows, columns)
            : BlockedQr.GetScratchLength<T>(rows, columns, team);

    /// <summary>The way that is best for a shape; no argument is checked, and without rows in q there is R alone.</summary>
    internal static void DecomposeOnPath<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (TallQr.Takes<T>(matrix.Rows, matrix.Columns))
        {
            TallQr.Decompose(matrix, scratch, q, r, team, cancellation);
        }
        else if (matrix.Columns <= ColumnwiseQr.MostColumns)
        {
            ColumnwiseQr.Decompose(matrix, scratch, q, r, cancellation);
        }
        else
        {
            BlockedQr.Decompose(matrix, scratch, q, r, team, cancellation);
        }
    }
}
