using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The Cholesky decomposition A = L·Lᵀ of a symmetric positive definite matrix (LAPACK: POTRF), and the solution of A·X = B with it (POTRS).
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// Backward stable: L·Lᵀ = A + E with |eᵢⱼ| ≤ about n·ε·√(aᵢᵢ·aⱼⱼ) (Higham, Accuracy and Stability, theorem 10.5), so that matrices with graded rows and columns
/// keep their digits. It succeeds if the smallest eigenvalue of A, scaled to a diagonal of ones, is above about n²·ε. A solution satisfies (A + E)·X = B with
/// ‖E‖ of the order of n·ε·‖A‖ at most; its error is that times the condition of A. n³/3 operations, and 2·n² for a right-hand side, nearly all of them in products. The bits
/// depend neither on the register width, nor on the number of threads, nor on how the matrices are stored.
/// </para>
/// <para>Below the square root of the smallest normal number the pivots have no digits to lose; scale such matrices.</para>
/// <para>Which decomposition to take:</para>
/// <list type="table">
/// <listheader><term>Decomposition</term><description>Operations for m×n, m ≥ n; accuracy; when</description></listheader>
/// <item><term><see cref="Cholesky"/></term><description>n³/3 (n×n). Backward stable. A symmetric positive definite: systems of equations, whitening, Gaussian densities.</description></item>
/// <item><term><see cref="CholeskyQr"/></term><description>4·m·n² to 6·m·n² in products, the fastest thin QR. Refuses columns that depend on each other to working precision.
/// Tall matrices of full rank: bases of many rows.</description></item>
/// <item><term><see cref="HouseholderQr"/></term><description>4·m·n² − 4n³/3. Any rank. Random orthonormal frames, bases where nothing is known about A.</description></item>
/// <item><term><see cref="LeastSquares"/></term><description>2·m·n² − 2n³/3, without Q. Backward stable. Least squares and general systems of equations of full rank, several right-hand sides; at
/// about twice that, solutions of
/// the least norm for any shape and rank.</description></item>
/// <item><term><see cref="PivotedQr"/></term><description>4·m·n² − 4n³/3, half of R at the speed of memory. Any shape and rank. Which columns span the rest, rank estimates that nearly always
/// hold.</description></item>
/// <item><term><see cref="SymmetricEigen"/></term><description>4n³/3, with vectors up to 4.7·n³. Error ε·‖A‖ in every eigenvalue. A symmetric: spectra, definiteness, powers.</description></item>
/// <item><term><see cref="Svd"/></term><description>4·m·n² − 4n³/3, with vectors up to 2·m·n² + 8·n³. Error ε·‖A‖ in every singular value. Any A:
/// low-rank approximation, numerical rank, condition, pseudo-inverses.</description></item>
/// <item><term><see cref="TruncatedSvd"/></term><description>(4·q + 6)·m·n·l for l columns and q powers. An error that is measured. A large: the largest singular values alone.</description></item>
/// <item><term><see cref="JacobiSvd"/></term><description>Some 10 times the QR. Small singular values of graded matrices keep all digits. Graded
/// matrices, ranks far below ε·‖A‖, and whenever in doubt about small ones.</description></item>
/// </list>
/// <example>
/// <code>
/// double[] a = [4, 2, 2, 3], x = [6, 5];
/// MatrixSpan&lt;double&gt; factor = new(a, 2, 2);
/// Cholesky.Decompose(factor, factor);                      // L over A
/// Cholesky.Solve(factor, new MatrixSpan&lt;double&gt;(x, 2, 1)); // x = (1, 1)
/// </code>
/// </example>
/// </remarks>
public static class Cholesky
{
    /// <summary>Gets the scratch of the decomposition: about 256·n elements, and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length may be too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0, or needs more than a span holds.</exception>
    public static int GetScratchLength<T>(int size, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(size, 0);
        return ScratchLength.Of(CholeskyBlocks.GetScratchLength<T>(size, CholeskyBlocks.TeamFor(size, team)), size);
    }

    /// <summary>Gets the scratch of <c>Solve</c>: that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <param name="columns">The columns of B.</param>
    /// <param name="team">The team that the solution will run on, if any: each of its threads takes a share, so that without it the length may be too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetSolveScratchLength<T>(int size, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(size, 0);
        Guard.AtLeast(columns, 0);
        return TriangularSubstitution.GetLeftScratchLength<T>(size, columns, team);
    }

    /// <summary>Decomposes A = L·Lᵀ.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, symmetric positive definite. Only the lower triangle is read; it must be finite.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="factor">L, n×n, lower triangular with zeros above and a positive diagonal. It may be A itself, or shares no memory with it.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not above 0; the factor is undefined then.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> factor, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!TryDecompose(matrix, scratch, factor, out int pivot, team))
        {
            throw new NotPositiveDefiniteException(nameof(matrix), pivot);
        }
    }

    /// <summary>Decomposes A = L·Lᵀ with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, symmetric positive definite. Only the lower triangle is read; it must be finite.</param>
    /// <param name="factor">L, n×n, lower triangular with zeros above and a positive diagonal. It may be A itself, or shares no memory with it.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not above 0; the factor is undefined then.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> factor, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetScratchLength<T>(matrix.Rows, team));
        Decompose(matrix, scratch.Span, factor, team);
    }

    /// <summary>Decomposes A = L·Lᵀ, or says at which pivot a matrix is not positive definite.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, symmetric. Only the lower triangle is read; it must be finite.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="factor">L, n×n, lower triangular with zeros above and a positive diagonal. It may be A itself, or shares no memory with it.</param>
    /// <param name="failedPivot">The first pivot, from 0, that is not above 0; −1 if all are.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <returns>Whether A is positive definite to working precision; the factor is undefined if not.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static bool TryDecompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> factor, out int failedPivot, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Guard.Element<T>();
        Guard.Square(n, matrix.Columns, nameof(matrix));
        Guard.Shape(factor.Rows, factor.Columns, n, n, nameof(factor));
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(n, team), team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(factor.Data, scratch, nameof(factor), nameof(scratch));
        if (!MatrixMemory.IsSame(matrix, factor))
        {
            MatrixMemory.NoOverlap(matrix, factor, nameof(matrix), nameof(factor));
        }

        if (CholeskyBlocks.IsBlock(n))
        {
            MatrixMemory.TriangleFinite(matrix, isLower: true, nameof(matrix));
            failedPivot = CholeskyBlocks.FactorBlock(matrix, scratch, factor);
            return failedPivot < 0;
        }

        WorkerTeam? lent = CholeskyBlocks.TeamFor(n, team);
        TriangleWork<T>.CheckAndCopy(matrix, factor, lent, nameof(matrix));
        failedPivot = CholeskyBlocks.Factor(factor, 0, scratch, lent);
        return failedPivot < 0;
    }

    /// <summary>Solves A·X = B for A = L·Lᵀ, in place.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">L of a decomposition, n×n; only its lower triangle is read. Finite, without zeros on the diagonal.</param>
    /// <param name="scratch">At least <see cref="GetSolveScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="sides">B, n×m, finite; becomes X. Shares no memory with L.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, one on the diagonal is 0, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Solve<T>(ReadOnlyMatrixSpan<T> factor, Span<T> scratch, MatrixSpan<T> sides, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Square(factor.Rows, factor.Columns, nameof(factor));
        Guard.Shape(sides.Rows, sides.Columns, factor.Rows, sides.Columns, nameof(sides));
        ScratchLength.Check(scratch.Length, GetSolveScratchLength<T>(sides.Rows, sides.Columns, team), team, nameof(scratch));
        Guard.NoOverlap(factor.Data, scratch, nameof(factor), nameof(scratch));
        Guard.NoOverlap(sides.Data, scratch, nameof(sides), nameof(scratch));
        MatrixMemory.NoOverlap(factor, sides, nameof(factor), nameof(sides));
        MatrixMemory.AllFinite<T>(sides, nameof(sides));
        TriangularSystem.CheckTriangle(factor, isLower: true, nameof(factor));
        TriangularSubstitution.Left(factor, isLower: true, scratch, sides, team);
        TriangularSubstitution.Left(factor.Transposed, isLower: false, scratch, sides, team);
    }

    /// <summary>Solves A·X = B for A = L·Lᵀ in place, with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">L of a decomposition, n×n; only its lower triangle is read. Finite, without zeros on the diagonal.</param>
    /// <param name="sides">B, n×m, finite; becomes X. Shares no memory with L.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape does not fit, an entry is not finite, one on the diagonal is 0, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Solve<T>(ReadOnlyMatrixSpan<T> factor, MatrixSpan<T> sides, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetSolveScratchLength<T>(sides.Rows, sides.Columns, team));
        Solve(factor, scratch.Span, sides, team);
    }
}
