using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Least squares, X with the least ‖A·X − B‖ column by column, and systems of linear equations, by QR decompositions (LAPACK: GELS and GELSY). Thread-safe as long as calls share neither memory
/// nor team.
/// </summary>
/// <remarks>
/// <para>
/// <c>Solve</c> is for m×n, m ≥ n, of full column rank: Householder reflections of A and B together, R·X = C, without forming Q. Backward stable: column j of X is the exact solution for A + E and
/// b_j + e with
/// ‖E‖ of the order of √(m·n)·ε·‖A‖ and likewise for e (Higham, Accuracy and Stability, theorem 20.3), whatever the units of A's columns. So it is off, relative to its length, by the condition κ
/// of A times ε, and by κ²·ε times
/// the residual over ‖A‖·‖x‖. The normal equations lose κ²·ε always. About 2·m·n² − 2n³/3 operations, and 4·m·n − 2·n² for each column of B.
/// </para>
/// <para>
/// With m = n it solves A·X = B. That is 4n³/3 operations, twice those of an LU decomposition, and what they buy is the error bound without exception: with row exchanges alone the entries of U
/// can grow by 2ⁿ⁻¹.
/// For A symmetric positive definite <see cref="Cholesky"/> takes a quarter of the operations, for triangles there is <see cref="TriangularSystem"/>.
/// </para>
/// <para>
/// <c>SolveMinimumNorm</c> is for any shape and rank: QR with column pivoting, the columns of R beyond the rank are reflected away from the other side (complete orthogonal decomposition), and X
/// is the shortest of all that
/// have the least residual. The rank is that of <see cref="PivotedQr"/>: the number of leading diagonal elements r_kk &gt; tolerance·r₀₀, which depends on the units of columns, and for which see
/// its remarks on
/// Kahan's matrix.
/// </para>
/// <para>Other columns of B may change the last digits of a column's solution; threads and registers do not. Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// <example>
/// <code>
/// double[] a = [1, 0, 1, 1, 1, 2], b = [1, 2, 4], x = new double[2], residual = new double[1]; // a line through (0, 1), (1, 2), (2, 4)
/// LeastSquares.Solve(new ReadOnlyMatrixSpan&lt;double&gt;(a, 3, 2), new ReadOnlyMatrixSpan&lt;double&gt;(b, 3, 1), new MatrixSpan&lt;double&gt;(x, 2, 1), residual); // 5/6 + 3/2·t, off by 1/√6
/// </code>
/// </example>
/// </remarks>
public static partial class LeastSquares
{
    /// <summary>Gets the scratch of <c>Solve</c>: about m·(n + s) + n², and that of products; with up to 48 columns in all and many more rows, far less.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="sides">The columns s of B.</param>
    /// <param name="team">The team that the solution will run on, if any: each of its threads takes a share.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, <paramref name="rows"/> below <paramref name="columns"/>, or the sizes need more than a span holds.</exception>
    public static int GetScratchLength<T>(int rows, int columns, int sides, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(columns, 0);
        Guard.AtLeast(sides, 0);
        Guard.AtLeast(rows, columns);
        Int128 rest = Int128.Max(TriangularReduction.GetScratchLength<T>(rows, columns, sides, team), (3 * (Int128)columns) + SolveScratch<T>(columns, sides, team));
        return ScratchLength.Of(((Int128)columns * columns) + ((Int128)columns * sides) + Int128.Max(rest, rows), rows, Math.Max(columns, sides));
    }

    /// <summary>Solves min‖A·X − B‖ for A of full column rank; with m = n, A·X = B.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n with m ≥ n, finite, magnitudes below the largest number / (4·m).</param>
    /// <param name="sides">B, m×s, of the same kind.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="solution">X, n×s. A and B are read before it is written: it may share memory with them.</param>
    /// <param name="residuals">Receives s lengths ‖A·x_j − b_j‖; with m = n they are 0, for what is left then is rounding. Shares no memory with X.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work between two panels of columns; the results are undefined then.</param>
    /// <returns>An estimate of 1/κ, κ the condition of R in the 1-norm with its columns scaled to lengths between 1 and 2, as scaling them changes no digit of the solution: nearly always within a
    /// factor of 3. 1 if
    /// n = 0.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="RankDeficientException">To working precision a column depends on those before it: |r_jj| is at most max(m, n)·ε times its length, or 1/κ at most ε.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static T Solve<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlyMatrixSpan<T> sides,
        Span<T> scratch,
        MatrixSpan<T> solution,
        Span<T> residuals,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, s = sides.Columns;
        Guard.Tall(m, n, nameof(matrix));
        Check(matrix, sides, scratch, solution, residuals);
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(m, n, s, team), team, nameof(scratch));
        if (n == 0)
        {
            MeasureColumns(sides, scratch, residuals);
            return T.One;
        }

        MatrixSpan<T> r = ScratchParts.Take(ref scratch, n, n), reflected = ScratchParts.Take(ref scratch, s, n);
        TriangularReduction.Run(matrix, sides, scratch, r, reflected, residuals, team, cancellation);
        Span<T> scales = ScratchParts.Take(ref scratch, n);
        ScaleColumns(r, PivotedQr.DefaultTolerance<T>(m, n), scales, ScratchParts.Take(ref scratch, n), ScratchParts.Take(ref scratch, n));
        T reciprocal = ConditionEstimate.Reciprocal<T>(r, scratch);
        if (!(reciprocal > T.BitIncrement(T.One) - T.One))
        {
            throw new RankDeficientException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{nameof(matrix)}' is rank-deficient to working precision: its columns, of one length, have condition {double.CreateChecked(T.One / reciprocal):G2}; accepted is full column rank."));
        }

        Transposition.Copy(reflected, solution);
        TriangularSubstitution.Left(r, isLower: false, scratch, solution, team);
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Multiply(solution.Row(i), scales[i], solution.Row(i));
        }

        return reciprocal;
    }

    private static int SolveScratch<T>(int columns, int sides, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Math.Max(ConditionEstimate.GetScratchLength(columns), TriangularSubstitution.GetLeftScratchLength<T>(columns, sides, team));

    private static void Check<T>(ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> sides, Span<T> scratch, MatrixSpan<T> solution, Span<T> residuals)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Shape(sides.Rows, sides.Columns, matrix.Rows, sides.Columns, nameof(sides));
        MatrixMemory.AllFinite(sides, nameof(sides));
        Guard.Shape(solution.Rows, solution.Columns, matrix.Columns, sides.Columns, nameof(solution));
        Guard.Length(residuals.Length, sides.Columns, nameof(residuals));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(sides.Data, scratch, nameof(sides), nameof(scratch));
        Guard.NoOverlap(solution.Data, scratch, nameof(solution), nameof(scratch));
        Guard.NoOverlap(residuals, scratch, nameof(residuals), nameof(scratch));
        Guard.NoOverlap(solution.Data, residuals, nameof(solution), nameof(residuals));
        Guard.NoOverlap(matrix.Data, residuals, nameof(matrix), nameof(residuals));
        Guard.NoOverlap(sides.Data, residuals, nameof(sides), nameof(residuals));
    }

    /// <summary>Without columns of A nothing is explained: the residuals are the lengths of B's columns.</summary>
    private static void MeasureColumns<T>(ReadOnlyMatrixSpan<T> sides, Span<T> scratch, Span<T> residuals)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> column = scratch[..sides.Rows];
        for (int j = 0; j < residuals.Length; j++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = sides[i, j];
            }

            residuals[j] = ScaledNorm.Of<T>(column);
        }
    }

    /// <summary>Scales the columns of R by powers of two to lengths between 1 and 2; refuses one of which too little lies outside the span of those before.</summary>
    private static void ScaleColumns<T>(MatrixSpan<T> r, T negligible, Span<T> scales, Span<T> squares, Span<T> scaled)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Largest magnitudes first: lengths of such columns neither under- nor overflow.
        scales.Clear();
        for (int i = 0; i < r.Rows; i++)
        {
            TensorPrimitives.MaxMagnitude(scales[i..], r.Row(i)[i..], scales[i..]);
        }

        for (int j = 0; j < scales.Length; j++)
        {
            scales[j] = PowerOfTwo.Normalizing(T.Abs(scales[j])).Scale;
        }

        squares.Clear();
        for (int i = 0; i < r.Rows; i++)
        {
            TensorPrimitives.Multiply(r.Row(i)[i..], scales[i..], scaled[i..]);
            TensorPrimitives.FusedMultiplyAdd<T>(scaled[i..], scaled[i..], squares[i..], squares[i..]);
        }

        for (int j = 0; j < scales.Length; j++)
        {
            T scale = scales[j], length = T.Sqrt(squares[j]);

            // A column of subnormal numbers has no power of two in range that makes it one of length 1.
            T both = scale * PowerOfTwo.Normalizing(length).Scale;
            scales[j] = T.IsFinite(both) ? both : scale;
            if (!(T.Abs(r[j, j]) * scale > negligible * length))
            {
                throw new RankDeficientException("matrix", j);
            }
        }

        for (int i = 0; i < r.Rows; i++)
        {
            TensorPrimitives.Multiply(r.Row(i)[i..], scales[i..], r.Row(i)[i..]);
        }
    }
}
