using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The thin singular value decomposition (SVD) A = U·diag(σ)·Vᵀ of any matrix (LAPACK: GESDD), by reduction to bidiagonal form and divide and conquer. Thread-safe as long as calls share
/// neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// The absolute error of a singular value is of the order of √n·ε·‖A‖, as is ‖A − U·diag(σ)·Vᵀ‖, and ‖UᵀU − I‖ and ‖VᵀV − I‖ are of that of √n·ε, n = max(rows, columns), whatever
/// the rank and however often singular values or entries repeat. Small singular values of a graded matrix have no more digits than that leaves: <see cref="JacobiSvd"/> has them.
/// </para>
/// <para>
/// With m ≥ n (a wide matrix counts as its transpose): from m = 1.5·n on a QR decomposition first, which leaves n×n. The reduction then takes about 4·m·n² − 4n³/3 operations, in
/// one pass over the matrix for each column. The singular values alone take some n² beyond that (quotients and differences up to 200 rows and columns, divide and conquer on a team for more),
/// and may differ in the last digits from those with vectors. With vectors: up to 96 rows and columns (float: 64) Sturm sequences and twisted factorizations, a register of singular values at
/// once, unless some of them are closer than some 64·ε·‖A‖ (10⁻⁹·‖A‖ in double), or as near to 0; else divide and conquer on the bidiagonal matrix, at most 8n³/3 operations, less where singular
/// values deflate; and 4·n³ for the reflections.
/// </para>
/// <para>Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// <example>
/// <code>
/// double[] a = [3, 0, 4, 5], u = new double[4], values = new double[2], v = new double[4];
/// Svd.Decompose(new ReadOnlyMatrixSpan&lt;double&gt;(a, 2, 2), new MatrixSpan&lt;double&gt;(u, 2, 2), values, new MatrixSpan&lt;double&gt;(v, 2, 2)); // 3·√5 and √5
/// </code>
/// </example>
/// </remarks>
public static partial class Svd
{
    /// <summary>Gets the scratch of the decomposition with vectors: with k = min(m, n), about m·n + 9·k² elements, or 2·m·n + 2·k² where those are more, and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or needs more than a span holds.</exception>
    public static int GetScratchLength<T>(int rows, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => GetScratchLength<T>(rows, columns, true, team);

    /// <summary>Gets the scratch of the decomposition without vectors: about m·n + 20·(m + n) elements; twice m·n where a QR decomposition comes first.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or needs more than a span holds.</exception>
    public static int GetValuesScratchLength<T>(int rows, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => GetScratchLength<T>(rows, columns, false, team);

    /// <summary>Computes singular values, and left and right singular vectors, or one kind of them.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite. It is read before anything but scratch is written, so the outputs may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength{T}(int, int, WorkerTeam)"/> elements; shares no memory with the rest.</param>
    /// <param name="left">U, m×k for k = min(m, n), with orthonormal columns; 0×0 (the default) if it is not wanted.</param>
    /// <param name="values">The k singular values, descending. Those above the largest number are infinite.</param>
    /// <param name="right">V, n×k, with orthonormal columns; 0×0 (the default) if it is not wanted. The outputs share no memory.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Math.Min(matrix.Rows, matrix.Columns);
        Check(matrix, scratch, values, GetScratchLength<T>(matrix.Rows, matrix.Columns, team), team);
        CheckVectors(left, matrix.Rows, size, scratch, values, nameof(left));
        CheckVectors(right, matrix.Columns, size, scratch, values, nameof(right));
        MatrixMemory.NoOverlap<T>(left, right, nameof(left), nameof(right));
        if (matrix.Rows <= matrix.Columns)
        {
            ReducedSvd.Decompose(matrix, scratch, left, values, right, team);
        }
        else
        {
            ReducedSvd.Decompose(matrix.Transposed, scratch, right, values, left, team);
        }
    }

    /// <summary>Computes the singular values alone.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite. It is read before anything but scratch is written, so the values may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetValuesScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="values">The min(m, n) singular values, descending. They may differ in the last digits from those with vectors. Those above the largest number are infinite.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(matrix, scratch, values, GetValuesScratchLength<T>(matrix.Rows, matrix.Columns, team), team);
        ReducedSvd.Decompose(matrix.Rows <= matrix.Columns ? matrix : matrix.Transposed, scratch, default, values, default, team);
    }

    private static int GetScratchLength<T>(int rows, int columns, bool vectors, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        int size = Math.Min(rows, columns);

        // Refused before the parts are counted, some of them as int.
        ScratchLength.Of(((Int128)rows * columns) + (vectors ? 5 * (Int128)size * size : 0), rows, columns);
        return ScratchLength.Of(ReducedSvd.GetScratchLength<T>(size, Math.Max(rows, columns), vectors, team), rows, columns);
    }

    private static void Check<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, int scratchLength, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Length(values.Length, Math.Min(matrix.Rows, matrix.Columns), nameof(values));
        ScratchLength.Check(scratch.Length, scratchLength, team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(values, scratch, nameof(values), nameof(scratch));
    }

    private static void CheckVectors<T>(MatrixSpan<T> vectors, int rows, int columns, Span<T> scratch, Span<T> values, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (vectors.Rows == 0 && vectors.Columns == 0)
        {
            return;
        }

        Guard.Shape(vectors.Rows, vectors.Columns, rows, columns, name);
        Guard.NoOverlap(vectors.Data, scratch, name, nameof(scratch));
        Guard.NoOverlap(values, vectors.Data, nameof(values), name);
    }
}
