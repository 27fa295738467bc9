using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The eigenvalue decomposition of a symmetric matrix, A = V·diag(λ)·Vᵀ (LAPACK: SYEVD), by reduction to tridiagonal form and divide and conquer, of all
/// eigenvalues or of a range of them. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// The absolute error of an eigenvalue is of the order of √n·ε·‖A‖, as are ‖A·V − V·diag(λ)‖ (over ‖A‖) and ‖VᵀV − I‖, whatever the rank and however often
/// eigenvalues or entries repeat. Small eigenvalues of a graded matrix have no more digits than that leaves: <see cref="JacobiSvd"/> has.
/// </para>
/// <para>
/// The reduction takes about 4n³/3 operations; beyond 1200 rows those above the last 1200 go in panels, half of them in products of matrices.
/// Up to 100 rows, eigenvalues then come from Sturm sequences and Laguerre's iteration, a register of them at once, and vectors from twisted factorizations and one step that makes them
/// orthonormal; where eigenvalues are closer than some 64·ε·‖A‖ (10⁻⁹·‖A‖ in double), and beyond 100 rows, otherwise. Beyond 100 rows the eigenvalues alone take about 15·n² by the QL
/// algorithm without square roots, and beyond 200 rows up to some 50·n², all of it on a team, by divide and conquer with the first and last entries of vectors alone; they may differ from those
/// with vectors in the last digits. With vectors: blocks of at most 32 rows as small matrices, or by the implicit QL algorithm, joined by rank-one updates of at most 4n³/3 operations, all in
/// products of matrices, where eigenvalues do not deflate; and 2·n³ for the reflections. A range of k eigenvalues saves the last join and takes 2·n²·k for the reflections.
/// </para>
/// <para>Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// <example>
/// <code>
/// double[] a = [2, 1, 1, 2], values = new double[2], vectors = new double[4];
/// SymmetricEigen.Decompose(new ReadOnlyMatrixSpan&lt;double&gt;(a, 2, 2), values, new MatrixSpan&lt;double&gt;(vectors, 2, 2)); // 1 and 3
/// </code>
/// </example>
/// </remarks>
public static partial class SymmetricEigen
{
    /// <summary>Gets the scratch of the decomposition with vectors: about 3·n² + 250·n elements and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0.</exception>
    public static int GetScratchLength<T>(int size, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(size, 0);
        return TridiagonalEigen.GetScratchLength<T>(size, size, team);
    }

    /// <summary>Gets the scratch of the decomposition without vectors: about n² + 150·n elements and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0.</exception>
    public static int GetValuesScratchLength<T>(int size, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(size, 0);
        return TridiagonalEigen.GetScratchLength<T>(size, 0, team);
    }

    /// <summary>Gets the scratch of the decomposition for a range of eigenvalues with vectors: about 4·n² + 250·n elements and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <param name="count">The number of eigenvalues, 0 to n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0, or <paramref name="count"/> is not in 0 to n.</exception>
    public static int GetRangeScratchLength<T>(int size, int count, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(size, 0);
        Guard.InRange(count, 0, size);
        return TridiagonalEigen.GetScratchLength<T>(size, count, team);
    }

    /// <summary>Computes eigenvalues and eigenvectors.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, above the diagonal too, though only the lower triangle is used. It is read before anything but scratch is written, so the
    /// outputs may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="values">The n eigenvalues, ascending.</param>
    /// <param name="vectors">V, n×n: column i is the unit eigenvector of value i; shares no memory with the values.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    // A target-typed new(array, n, n) for the fourth argument is the vectors, not a team.
    [OverloadResolutionPriority(1)]
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, MatrixSpan<T> vectors, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Check(matrix, scratch, values, n, GetScratchLength<T>(n, team), team);
        Check(scratch, values, vectors, n, n);
        TridiagonalEigen.Decompose(matrix, scratch, 0, values, vectors, team);
    }

    /// <summary>Computes the eigenvalues alone.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, above the diagonal too, though only the lower triangle is used. It is read before anything but scratch is written, so the
    /// values may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetValuesScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="values">The n eigenvalues, ascending. They may differ in the last digits from those with vectors.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Check(matrix, scratch, values, n, GetValuesScratchLength<T>(n, team), team);
        TridiagonalEigen.Decompose(matrix, scratch, 0, values, default, team);
    }

    /// <summary>Computes the eigenvalues of a range of ranks and their eigenvectors: the bits of the whole decomposition, without the work for the others' vectors.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite, above the diagonal too, though only the lower triangle is used. It is read before anything but scratch is written, so the
    /// outputs may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetRangeScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="first">How many eigenvalues are smaller than those wanted: n − k for the k largest, 0 for the k smallest.</param>
    /// <param name="values">k eigenvalues, ascending.</param>
    /// <param name="vectors">n×k: column i is the unit eigenvector of value i; shares no memory with the values.</param>
    /// <param name="team">The team for large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is below 0 or above n − k.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void DecomposeRange<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, int first, Span<T> values, MatrixSpan<T> vectors, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Guard.Square(n, matrix.Columns, nameof(matrix));
        CheckRange(n, first, values.Length);
        Check(matrix, scratch, values, values.Length, GetRangeScratchLength<T>(n, values.Length, team), team);
        Check(scratch, values, vectors, n, values.Length);
        TridiagonalEigen.Decompose(matrix, scratch, first, values, vectors, team);
    }

    private static void CheckRange(int n, int first, int count)
    {
        if (count > n)
        {
            Guard.Length(count, n, "values");
        }

        Guard.InRange(first, 0, n - count);
    }

    private static void Check<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, int count, int scratchLength, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Square(matrix.Rows, matrix.Columns, nameof(matrix));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Length(values.Length, count, nameof(values));
        ScratchLength.Check(scratch.Length, scratchLength, team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(values, scratch, nameof(values), nameof(scratch));
    }

    private static void Check<T>(Span<T> scratch, Span<T> values, MatrixSpan<T> vectors, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Shape(vectors.Rows, vectors.Columns, rows, columns, nameof(vectors));
        Guard.NoOverlap(vectors.Data, scratch, nameof(vectors), nameof(scratch));
        Guard.NoOverlap(values, vectors.Data, nameof(values), nameof(vectors));
    }
}
