using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// The k largest singular values of a matrix with their vectors, A ≈ U·diag(σ)·Vᵀ, by randomized subspace iteration (Halko, Martinsson, Tropp, SIAM Rev. 53, 2011), and how far from A
/// that is. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// With l = k + p columns of Gaussian numbers Ω, Q is an orthonormal basis of the range of (A·Aᵀ)^q·A·Ω, found by products with A and Aᵀ in turn with a QR decomposition after each, and what
/// is returned is the SVD of Q·Qᵀ·A cut to rank k. Their theorems 9.3, 10.5 and corollary 10.10 bound its error for p ≥ 2: with σ₁ ≥ σ₂ ≥ … those of A,
/// E‖A − Q·Qᵀ·A‖_F ≤ √(1 + k/(p − 1))·√(Σ_{j&gt;k} σ_j²) for q = 0, and in the operator norm
/// E‖A − Q·Qᵀ·A‖ ≤ [(1 + √(k/(p − 1)))·σ_{k+1}^{2q+1} + (e·√(k + p)/p)·√(Σ_{j&gt;k} σ_j^{2(2q+1)})]^{1/(2q+1)}; the cut adds
/// σ_{k+1} at most in this norm, and in the other one Σ_{k&lt;j≤l} σ_j² to the square.
/// So p = 10 and q = 0 are enough where singular values fall fast behind the k-th, and each power more draws the flat rest of a noisy matrix nearer to σ_{k+1}, the error of
/// the best approximation.
/// </para>
/// <para>
/// The error that is returned does not rely on that: it is ‖A − U·diag(σ)·Vᵀ‖_F, measured, which bounds the operator norm and, by σ_j(A) − error ≤ σ_j(returned) ≤ σ_j(A), what
/// any σ is off. Up to rounding (some √(m + n)·ε·‖A‖) returned values are never too large. About (4·q + 6)·m·n·l operations, nearly all in products.
/// </para>
/// <para>The bits depend on Ω, not on threads or width. Ω need not be random: V of a matrix nearby, filled up with Gaussian numbers, is a better start.</para>
/// <example>
/// <code>
/// double[] a = [4, 0, 0, 0, 3, 0, 0, 0, 0.5], u = new double[6], values = new double[2], v = new double[6], sketch = new double[9];
/// new RandomStream(seed: 1).FillGaussian(sketch);
/// double error = TruncatedSvd.Decompose(
///     new ReadOnlyMatrixSpan&lt;double&gt;(a, 3, 3), new MatrixSpan&lt;double&gt;(sketch, 3, 3), 1,
///     new MatrixSpan&lt;double&gt;(u, 3, 2), values, new MatrixSpan&lt;double&gt;(v, 3, 2)); // 0.5: 4 and 3
/// </code>
/// </example>
/// </remarks>
public static partial class TruncatedSvd
{
    /// <summary>The rows of A − U·diag(σ)·Vᵀ that are computed at once.</summary>
    private const int BlockRows = 128;

    /// <summary>Gets the scratch of <c>Decompose</c>: about 2·l·(m + n) + 8·l² + 128·n elements, and that of products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="sketch">l, the columns of Ω, at most min(m, n).</param>
    /// <param name="team">The team that the decomposition will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, <paramref name="sketch"/> above the smaller of the others, or they need more than a span holds.</exception>
    public static int GetScratchLength<T>(int rows, int columns, int sketch, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        Guard.InRange(sketch, 0, Math.Min(rows, columns));
        Int128 taken = ((Int128)rows * sketch) + (2 * (Int128)sketch * sketch) + sketch;
        ScratchLength.Of(taken, rows, columns);
        int block = Math.Min(BlockRows, rows), most = Math.Max(Math.Max(rows, columns), sketch);
        Int128 residual = (block * ((Int128)columns + sketch)) + ProductBlocking.LargestScratchLength<T>(block, sketch, columns, team?.Degree ?? 1);
        Int128 product = ((Int128)columns * sketch) + ProductBlocking.LargestScratchLength<T>(most, most, sketch, team?.Degree ?? 1);
        Int128 frame = Int128.Max(HouseholderQr.GetPathScratchLength<T>(rows, sketch, team), HouseholderQr.GetPathScratchLength<T>(columns, sketch, team));
        Int128 svd = ((Int128)columns * sketch) + Svd.GetScratchLength<T>(columns, sketch, team);
        return ScratchLength.Of(taken + Int128.Max(Int128.Max(residual, product), Int128.Max(frame, svd)), rows, columns);
    }

    /// <summary>Computes the k largest singular values and their vectors.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, m×n of any shape, finite, magnitudes below the largest number / (4·(m + n)).</param>
    /// <param name="sketch">Ω, n×l with k ≤ l ≤ min(m, n), finite, magnitudes below the largest number / (4·n): Gaussian numbers of a <c>RandomStream</c> for the
    /// bounds above, p = l − k. It is overwritten.</param>
    /// <param name="powers">q, 0 or more: 0 to 3 as a rule.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="left">U, m×k, with orthonormal columns.</param>
    /// <param name="values">The k singular values, descending.</param>
    /// <param name="right">V, n×k, with orthonormal columns. No two arguments share memory.</param>
    /// <param name="team">The team to run on; null runs on the calling thread. The bits are the same.</param>
    /// <param name="cancellation">Ends the work between two blocks of a product or of rows of the error, or two panels of a QR decomposition, not within an SVD of l columns; results are undefined
    /// then.</param>
    /// <returns>‖A − U·diag(σ)·Vᵀ‖_F, measured.</returns>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names the argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="powers"/> is below 0.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static T Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix,
        MatrixSpan<T> sketch,
        int powers,
        Span<T> scratch,
        MatrixSpan<T> left,
        Span<T> values,
        MatrixSpan<T> right,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, l = sketch.Columns, k = values.Length;
        CheckShapes(matrix, sketch, powers, values);
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        MatrixMemory.AllFinite<T>(sketch, nameof(sketch));
        Guard.Shape(left.Rows, left.Columns, m, k, nameof(left));
        Guard.Shape(right.Rows, right.Columns, n, k, nameof(right));
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(m, n, l, team), team, nameof(scratch));
        NotShared(matrix, scratch, values, nameof(matrix));
        NotShared<T>(sketch, scratch, values, nameof(sketch));
        NotShared<T>(left, scratch, values, nameof(left));
        NotShared<T>(right, scratch, values, nameof(right));
        Guard.NoOverlap(values, scratch, nameof(values), nameof(scratch));
        MatrixMemory.NoOverlap(matrix, sketch, nameof(matrix), nameof(sketch));
        MatrixMemory.NoOverlap(matrix, left, nameof(matrix), nameof(left));
        MatrixMemory.NoOverlap(matrix, right, nameof(matrix), nameof(right));
        MatrixMemory.NoOverlap<T>(sketch, left, nameof(sketch), nameof(left));
        MatrixMemory.NoOverlap<T>(sketch, right, nameof(sketch), nameof(right));
        MatrixMemory.NoOverlap<T>(left, right, nameof(left), nameof(right));
        if (k > 0)
        {
            Run(matrix, sketch, powers, scratch, left, values, right, team, cancellation);
        }

        return Error(matrix, left, values, right, scratch, team, cancellation);
    }

    private static void CheckShapes<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> sketch, int powers, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int least = Math.Min(matrix.Rows, matrix.Columns);
        Guard.Shape(sketch.Rows, sketch.Columns, matrix.Columns, Math.Min(sketch.Columns, least), nameof(sketch));
        if (values.Length > sketch.Columns)
        {
            Guard.Length(values.Length, sketch.Columns, nameof(values));
        }

        Guard.AtLeast(powers, 0);
    }

    private static void NotShared<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, string name)
        where T : unmanaged
    {
        Guard.NoOverlap(matrix.Data, scratch, name, nameof(scratch));
        Guard.NoOverlap(matrix.Data, values, name, nameof(values));
    }

    /// <summary>Qᵀ·A = (Aᵀ·Q)ᵀ and Aᵀ·Q = V·diag(σ)·Wᵀ: Q·Qᵀ·A = (Q·W)·diag(σ)·Vᵀ.</summary>
    private static void Run<T>(
        ReadOnlyMatrixSpan<T> matrix,
        MatrixSpan<T> sketch,
        int powers,
        Span<T> scratch,
        MatrixSpan<T> left,
        Span<T> values,
        MatrixSpan<T> right,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, l = sketch.Columns, k = values.Length;
        MatrixSpan<T> q = ScratchParts.Take(ref scratch, m, l), triangle = ScratchParts.Take(ref scratch, l, l), inner = ScratchParts.Take(ref scratch, l, l);
        Span<T> sigma = ScratchParts.Take(ref scratch, l);
        for (int power = 0; ; power++)
        {
            // The range of A·Ω is that of A times a basis of Ω's, whose entries no scale of Ω touches.
            HouseholderQr.DecomposeOnPath<T>(sketch, scratch, sketch, triangle, team, cancellation);
            Products.Multiply(matrix, sketch, scratch, q, team, cancellation);
            HouseholderQr.DecomposeOnPath<T>(q, scratch, q, triangle, team, cancellation);
            Products.Multiply(matrix.Transposed, q, scratch, sketch, team, cancellation);
            if (power == powers)
            {
                break;
            }
        }

        cancellation.ThrowIfCancellationRequested();
        MatrixSpan<T> vectors = ScratchParts.Take(ref scratch, n, l);
        Svd.Decompose<T>(sketch, scratch, vectors, sigma, inner, team);
        sigma[..k].CopyTo(values);
        MatrixMemory.Copy<T>(vectors.Slice(0, 0, n, k), right);
        Products.Multiply(q, inner.Slice(0, 0, l, k), scratch, left, team, cancellation);
    }

    private static T Error<T>(
        ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right, Span<T> scratch, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, k = values.Length;
        T error = T.Zero;
        for (int start = 0; start < m; start += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockRows, m - start);
            Span<T> rest = scratch;
            MatrixSpan<T> difference = ScratchParts.Take(ref rest, count, n), scaled = ScratchParts.Take(ref rest, count, k);
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.Multiply<T>(left.Row(start + i), values, scaled.Row(i));
            }

            MatrixMemory.Copy(matrix.Slice(start, 0, count, n), difference);
            Products.Multiply(-T.One, scaled, ((ReadOnlyMatrixSpan<T>)right).Transposed, T.One, rest, difference, team, cancellation);
            error = TridiagonalQl.Hypotenuse(error, Norms.Frobenius<T>(difference));
        }

        return error;
    }
}
