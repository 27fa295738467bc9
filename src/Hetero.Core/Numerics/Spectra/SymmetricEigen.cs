using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// The eigenvalue decomposition of a symmetric matrix, A = V·diag(λ)·Vᵀ (LAPACK: SYEV): by cyclic Jacobi rotations up to 40 rows, beyond that by
/// reduction to tridiagonal form in panels and the implicit QL algorithm. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// The absolute error of an eigenvalue is of the order of √n·ε·‖A‖ either way, ‖A·V − V·diag(λ)‖ (over ‖A‖) and ‖VᵀV − I‖ are of the order of n·ε,
/// whatever the rank and however often eigenvalues or entries repeat: at 600 rows, 20·√n·ε at most was seen.
/// </para>
/// <para>
/// Jacobi: each sweep makes at most n(n − 1)/2 rotations of about 6·n (with vectors, 12·n) operations; convergence is quadratic and takes 5
/// to 10 sweeps as a rule. QL: about 8n³/3 operations for the reduction; with vectors, 2·n³ for the reflections and 5·n³ for the rotations.
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
    /// <summary>The rows up to which Jacobi rotations are used. QL is faster from about 8 rows on; small matrices keep the rotations:
    /// their bits are pinned, and results recorded with them stay what they were.</summary>
    internal const int LargestJacobi = 40;

    /// <summary>The sweeps after which the iteration is given up; a few times what any matrix is known to need.</summary>
    internal const int MaximumSweeps = 60;

    /// <summary>Gets the scratch of the decomposition with vectors: 2·n² elements; beyond 40 rows, about 2·n² + 150·n and that of
    /// products.</summary>
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
        return size <= LargestJacobi ? 2 * size * size : TridiagonalEigen.GetScratchLength<T>(size, vectors: true, team: team);
    }

    /// <summary>Gets the scratch of the decomposition without vectors: n² elements; beyond 40 rows, about n² + 130·n and that of
    /// products.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="size">n.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 0.</exception>
    public static int GetValuesScratchLength<T>(int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(size, 0);
        return size <= LargestJacobi ? size * size : TridiagonalEigen.GetScratchLength<T>(size, vectors: false);
    }

    /// <summary>Computes eigenvalues and eigenvectors.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite. Only the lower triangle is used. It is read before anything but scratch is written, so the
    /// outputs may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="values">The n eigenvalues, ascending.</param>
    /// <param name="vectors">V, n×n: column i is the unit eigenvector of value i; shares no memory with the values.</param>
    /// <param name="team">The team for the products of large matrices; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, MatrixSpan<T> vectors, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Check(matrix, scratch, values, GetScratchLength<T>(n, team), team);
        Guard.Shape(vectors.Rows, vectors.Columns, n, n, nameof(vectors));
        Guard.NoOverlap(vectors.Data, scratch, nameof(vectors), nameof(scratch));
        Guard.NoOverlap(values, vectors.Data, nameof(values), nameof(vectors));
        if (n > LargestJacobi)
        {
            TridiagonalEigen.Decompose(matrix, scratch, values, vectors, team: team);
            return;
        }

        // Vᵀ rather than V: a rotation of two columns of V is one of two rows of Vᵀ, contiguous.
        MatrixSpan<T> transposed = new(scratch.Slice(n * n, n * n), n, n);
        transposed.Data.Clear();
        for (int i = 0; i < n; i++)
        {
            transposed[i, i] = T.One;
        }

        Diagonalize(matrix, new MatrixSpan<T>(scratch[..(n * n)], n, n), values, transposed, MaximumSweeps);
        for (int i = 0; i < n; i++)
        {
            Span<T> row = vectors.Row(i);
            for (int j = 0; j < n; j++)
            {
                row[j] = transposed.Data[(j * n) + i];
            }
        }
    }

    /// <summary>Computes the eigenvalues alone; the same bits as with vectors.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A, n×n, finite. Only the lower triangle is used. It is read before anything but scratch is written, so the
    /// values may share its memory.</param>
    /// <param name="scratch">At least <see cref="GetValuesScratchLength"/> elements; shares no memory with the rest.</param>
    /// <param name="values">The n eigenvalues, ascending.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, or memory is shared; the message names
    /// the argument.</exception>
    /// <exception cref="NotConvergedException">The iteration did not converge. No matrix is known to do this.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        Check(matrix, scratch, values, GetValuesScratchLength<T>(n), null);
        if (n > LargestJacobi)
        {
            TridiagonalEigen.Decompose(matrix, scratch, values, default);
            return;
        }

        Diagonalize(matrix, new MatrixSpan<T>(scratch[..(n * n)], n, n), values, default, MaximumSweeps);
    }

    /// <summary>Copies the matrix to <paramref name="work"/>, rotates it until it is diagonal, and sorts.</summary>
    internal static void Diagonalize<T>(
        ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> work, Span<T> values, MatrixSpan<T> transposed, int maximumSweeps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        if (n == 0)
        {
            return;
        }

        CopyLowerTriangle(matrix, work);
        (T scale, T inverse) = PowerOfTwo.Normalizing(T.Abs(TensorPrimitives.MaxMagnitude<T>(work.Data)));
        TensorPrimitives.Multiply<T>(work.Data, scale, work.Data);

        // n(n − 1) entries at most this large have a norm below ε·‖A‖/2, and move no eigenvalue further than that.
        T negligible = Reductions.Norm<T>(work.Data) * (T.BitIncrement(T.One) - T.One) / T.CreateChecked(2 * n);
        int sweeps = 0;
        while (Sweep(work, transposed, negligible))
        {
            if (++sweeps == maximumSweeps)
            {
                throw new NotConvergedException($"The eigenvalues of a matrix of {n} rows did not converge in {maximumSweeps} sweeps.");
            }
        }

        for (int i = 0; i < n; i++)
        {
            values[i] = work[i, i] * inverse;
        }

        Sort(values, transposed);
    }

    private static void Check<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, Span<T> values, int scratchLength, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Square(matrix.Rows, matrix.Columns, nameof(matrix));
        MatrixMemory.AllFinite(matrix, nameof(matrix));
        Guard.Length(values.Length, matrix.Rows, nameof(values));
        ScratchLength.Check(scratch.Length, scratchLength, team, nameof(scratch));
        Guard.NoOverlap(matrix.Data, scratch, nameof(matrix), nameof(scratch));
        Guard.NoOverlap(values, scratch, nameof(values), nameof(scratch));
    }

    private static void CopyLowerTriangle<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> work)
        where T : unmanaged
    {
        int n = matrix.Rows;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                T value = matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)];
                work.Data[(i * n) + j] = value;
                work.Data[(j * n) + i] = value;
            }
        }
    }

    /// <summary>Rotates every pair whose entry is not negligible; returns whether there was one.</summary>
    private static bool Sweep<T>(MatrixSpan<T> work, MatrixSpan<T> transposed, T negligible)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool rotated = false;
        for (int p = 0; p < work.Rows - 1; p++)
        {
            for (int q = p + 1; q < work.Rows; q++)
            {
                if (T.Abs(work[p, q]) > negligible)
                {
                    Rotate(work, transposed, p, q);
                    rotated = true;
                }
            }
        }

        return rotated;
    }

    /// <summary>
    /// Annihilates entry (p, q): with θ = (a_qq − a_pp)/(2·a_pq), t is the smaller root of t² + 2θt − 1 = 0, the tangent of an angle of
    /// at most 45°, without which the sweeps need not converge.
    /// </summary>
    private static void Rotate<T>(MatrixSpan<T> work, MatrixSpan<T> transposed, int p, int q)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T app = work[p, p];
        T aqq = work[q, q];
        T apq = work[p, q];
        T theta = (aqq - app) / (apq + apq);
        T tangent = T.CopySign(T.One, theta) / (T.Abs(theta) + T.Sqrt(T.FusedMultiplyAdd(theta, theta, T.One)));

        // The sine follows from the rounded half-angle tangent, so that the two agree.
        T halfTangent = tangent / (T.One + T.Sqrt(T.FusedMultiplyAdd(tangent, tangent, T.One)));
        T sine = (halfTangent + halfTangent) / T.FusedMultiplyAdd(halfTangent, halfTangent, T.One);

        Span<T> rowP = work.Row(p);
        Span<T> rowQ = work.Row(q);
        PlaneRotation.Apply(rowP, rowQ, sine, halfTangent);
        rowP[p] = T.FusedMultiplyAdd(-tangent, apq, app);
        rowQ[q] = T.FusedMultiplyAdd(tangent, apq, aqq);
        rowP[q] = T.Zero;
        rowQ[p] = T.Zero;

        // The columns are the rows again: symmetry saves rotating them, and keeps the matrix symmetric to the last bit.
        Span<T> data = work.Data;
        int n = rowP.Length;
        for (int k = 0, offset = 0; k < n; k++, offset += n)
        {
            data[offset + p] = rowP[k];
            data[offset + q] = rowQ[k];
        }

        if (transposed.Rows != 0)
        {
            PlaneRotation.Apply(transposed.Row(p), transposed.Row(q), sine, halfTangent);
        }
    }

    /// <summary>Selection sort: it moves each row of Vᵀ once, and the n² comparisons are nothing beside the sweeps.</summary>
    internal static void Sort<T>(Span<T> values, MatrixSpan<T> transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length - 1; i++)
        {
            int least = i;
            for (int j = i + 1; j < values.Length; j++)
            {
                least = values[j] < values[least] ? j : least;
            }

            if (least == i)
            {
                continue;
            }

            (values[i], values[least]) = (values[least], values[i]);
            if (transposed.Rows != 0)
            {
                Span<T> a = transposed.Row(i);
                Span<T> b = transposed.Row(least);
                for (int k = 0; k < a.Length; k++)
                {
                    (a[k], b[k]) = (b[k], a[k]);
                }
            }
        }
    }
}
