using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The QR decomposition with column pivoting, A·P = Q·R (LAPACK: GEQP3 and ORGQR): the next column is always the one that is farthest from the span of those taken, so that R's diagonal tells how
/// many
/// columns are worth taking. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// R's diagonal is zero or above and descends, r₀₀ ≥ r₁₁ ≥ …, with r_kk² ≥ Σ r_ij² over k ≤ i ≤ j for every j &gt; k (each up to the digits that norms keep when columns are taken off them, about
/// √ε, and above ε·r₀₀, where roundings are left).
/// ‖A·P − Q·R‖ (times 1/‖A‖) and ‖QᵀQ − I‖ are of the order of √(m·n)·ε, whatever the rank. Singular values are bounded by the diagonal: σ_k ≤ √(n − k)·r_kk with k from 0, so a small r_kk proves
/// that
/// A is near a matrix of rank k.
/// </para>
/// <para>
/// The other way round a small singular value nearly always shows, and not always: σ_k ≥ r_kk / 2ᵏ is all that can be proved. Kahan's matrix, r_kk = sᵏ and r_kj = −c·sᵏ with s² + c² = 1, comes
/// close: its pivots are the columns in their order and none is small, yet it is singular to working precision from about a hundred columns on. Where that must not happen, take the singular values of
/// <see cref="JacobiSvd"/>. (Faddeev, Kublanovskaja, Faddeeva 1968; Higham, Accuracy and Stability, §8.3.)
/// </para>
/// <para>
/// For k = min(m, n) about 4·m·n·k operations for m far above n and 8n³/3 at the square, half of those for R in products of a matrix and a vector, which memory bounds: about twice the time of
/// <see cref="HouseholderQr"/>. With m ≥ 2·n and more than 12 MiB an unpivoted decomposition comes first, and its R is pivoted: A·P = Q₀·(Q₁·R). The bits depend neither on the register width
/// nor on the number of threads.
/// </para>
/// <para>Which decomposition to take:</para>
/// <inheritdoc cref="Cholesky" path="/remarks/list"/>
/// <example>
/// <code>
/// double[] a = [1, 2, 2, 4], q = new double[4], r = new double[4];
/// int[] permutation = new int[2];
/// int rank = PivotedQr.Decompose(new ReadOnlyMatrixSpan&lt;double&gt;(a, 2, 2), new MatrixSpan&lt;double&gt;(q, 2, 2), new MatrixSpan&lt;double&gt;(r, 2, 2), permutation); // 1
/// </code>
/// </example>
/// </remarks>
public static partial class PivotedQr
{
    /// <summary>The bytes of a matrix that a last-level cache of today holds, with room for others. It is part of what defines the bits.</summary>
    private const long CachedBytes = 12L << 20;

    /// <summary>Gets the scratch that <c>Decompose</c> needs: about m·n + 200·n elements, 2·m·n for more than 12 MiB with m ≥ 2·n, and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or needs more than a span holds.</exception>
    public static int GetScratchLength<T>(int rows, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        bool isReduced = IsReducedFirst<T>(rows, columns);
        Int128 length = GetDirectScratchLength<T>(isReduced ? columns : rows, columns, team);
        if (isReduced)
        {
            Int128 product = ProductBlocking.LargestScratchLength<T>(rows, columns, columns, team?.Degree ?? 1);
            length = ((Int128)rows * columns) + (2 * (Int128)columns * columns) + Int128.Max(Int128.Max(length, product), HouseholderQr.GetPathScratchLength<T>(rows, columns, team));
        }

        return ScratchLength.Of(length, rows, columns);
    }

    /// <summary>Decomposes A·P = Q·R.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite, magnitudes below the largest number / (4·m). It is read before anything but scratch is written, so Q may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="q">Q, m×k for k = min(m, n), orthonormal columns even if A is rank-deficient; shares no memory with R.</param>
    /// <param name="r">R, k×n, upper trapezoidal with zeros below.</param>
    /// <param name="permutation">Receives n numbers: column j of A·P is column permutation[j] of A.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the decomposition between two panels of columns; the results are undefined then.</param>
    /// <returns>The rank estimate at <see cref="DefaultTolerance"/>.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The decomposition was ended.</exception>
    public static int Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix,
        Span<T> scratch,
        MatrixSpan<T> q,
        MatrixSpan<T> r,
        Span<int> permutation,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, k = Math.Min(m, n);
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Shape(q.Rows, q.Columns, m, k, nameof(q));
        Guard.Shape(r.Rows, r.Columns, k, n, nameof(r));
        Guard.Length(permutation.Length, n, nameof(permutation));
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(m, n, team), team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(q.Data, scratch, nameof(q), nameof(scratch));
        Guard.NoOverlap(r.Data, scratch, nameof(r), nameof(scratch));
        MatrixMemory.NoOverlap<T>(q, r, nameof(q), nameof(r));
        Guard.NoOverlapOfTypes<T, int>(scratch, permutation, nameof(scratch), nameof(permutation));
        Guard.NoOverlapOfTypes<T, int>(q.Data, permutation, nameof(q), nameof(permutation));
        Guard.NoOverlapOfTypes<T, int>(r.Data, permutation, nameof(r), nameof(permutation));
        if (k == 0)
        {
            for (int j = 0; j < n; j++)
            {
                permutation[j] = j;
            }

            return 0;
        }

        if (IsReducedFirst<T>(m, n))
        {
            MatrixSpan<T> tall = ScratchParts.Take(ref scratch, m, n), triangle = ScratchParts.Take(ref scratch, n, n), small = ScratchParts.Take(ref scratch, n, n);
            HouseholderQr.DecomposeOnPath(matrix, scratch, tall, triangle, team, cancellation);
            DecomposeDirectly(triangle, scratch, small, r, permutation, team, cancellation);
            Products.Multiply(tall, small, scratch, q, team, cancellation);
        }
        else
        {
            DecomposeDirectly(matrix, scratch, q, r, permutation, team, cancellation);
        }

        return Rank<T>(r, DefaultTolerance<T>(m, n));
    }

    /// <summary>Returns the relative tolerance of rank estimates unless one has a better one: max(m, n)·ε, what rounding alone leaves of a column that depends on others.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <returns>max(m, n)·ε, ε the distance from 1 to the next number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static T DefaultTolerance<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        return T.CreateChecked(Math.Max(rows, columns)) * (T.BitIncrement(T.One) - T.One);
    }

    /// <summary>Estimates the rank: the number of diagonal elements before the first with r_kk ≤ tolerance·r₀₀. With noise of a known size in the entries, √(m·n)·size / r₀₀ is a
    /// tolerance.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="r">R of a decomposition.</param>
    /// <param name="tolerance">The relative tolerance, 0 or above and finite; <see cref="DefaultTolerance"/> for matrices that are known to all digits.</param>
    /// <returns>0 to min(m, n).</returns>
    /// <exception cref="ArgumentException">The first diagonal element that does not count is below 0 or no number: R is not of this decomposition.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is below 0 or not finite.</exception>
    public static int Rank<T>(ReadOnlyMatrixSpan<T> r, T tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.NotNegative(tolerance);
        int size = Math.Min(r.Rows, r.Columns), rank = 0;
        while (rank < size && r[rank, rank] > tolerance * r[0, 0])
        {
            rank++;
        }

        if (rank < size && !(r[rank, rank] >= T.Zero))
        {
            MatrixMemory.ThrowEntry(r[rank, rank], rank, rank, "diagonal elements of 0 and above", nameof(r));
        }

        return rank;
    }

    /// <summary>Whether a matrix has so many more rows than columns that to pivot its R instead takes few operations more.</summary>
    internal static bool IsTall(int rows, int columns) => columns > 0 && rows / 2 >= columns;

    /// <summary>Whether an unpivoted decomposition comes first. Pivoting reads what is left for each column, which is fast only as long as it stays in a cache.</summary>
    private static bool IsReducedFirst<T>(int rows, int columns)
        where T : unmanaged
        => IsTall(rows, columns) && (long)rows * columns > CachedBytes / Unsafe.SizeOf<T>();

    private static Int128 GetDirectScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = Math.Min(rows, columns), width = BlockedQr.WidthOf<T>(k);
        Int128 frame = (2 * (Int128)width * k)
            + Int128.Max(ReflectionPanel.GetScratchLength(width), BlockedQr.GetProductsScratchLength<T>(rows, rows, rows, team));
        return ColumnMemory.GetLength<T>(columns, rows) + (2 * (Int128)k) + ((Int128)k * width) + Int128.Max(frame, BlockedPivotedQr.GetScratchLength<T>(rows, columns, team));
    }

    private static void DecomposeDirectly<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, Span<int> permutation, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = q.Columns, width = BlockedQr.WidthOf<T>(k), most = width * k;
        MatrixSpan<T> columns = ColumnMemory.Take(ref scratch, matrix.Columns, matrix.Rows);
        Span<T> diagonal = ScratchParts.Take(ref scratch, k), factors = ScratchParts.Take(ref scratch, k);
        ColumnsWork<T>.Copy(matrix, columns, team);
        MatrixSpan<T> triangles = ScratchParts.Take(ref scratch, k, width);
        (_, bool hasTriangles) = BlockedPivotedQr.Reduce(columns, matrix.Rows, T.NegativeOne, permutation, diagonal, factors, r, triangles, scratch, team, cancellation);
        BlockedQr.SignRows<T>(diagonal, r);
        Span<T> first = ScratchParts.Take(ref scratch, most), second = ScratchParts.Take(ref scratch, most);
        columns = columns.Slice(0, 0, k, columns.Columns);
        if (!hasTriangles)
        {
            BlockedQr.FormTriangles(columns, factors, triangles, scratch);
        }

        BlockedQr.FormFrame(columns, triangles, diagonal, first, second, scratch, q, team, cancellation);
    }
}
