using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Singular values and vectors by reduction to bidiagonal form: what <see cref="Svd"/> does. Matrices are wide here, m ≤ n; the others are transposed. Thread-safe as long as calls share
/// neither memory nor team.
/// </summary>
internal static unsafe class ReducedSvd
{
    /// <summary>From so many columns for each two rows on, a QR decomposition first leaves a square matrix and takes less in all.</summary>
    private const int ColumnsForTwoRows = 3;

    /// <summary>The reflections that are applied at once. The triangles of larger blocks cost more than their longer products gain: the rate grows to here alone.</summary>
    private const int BlockRows = ReflectorBlocks.BlockRows;

    /// <summary>The rows up to which one reflection after the other is as fast.</summary>
    private const int SweepRows = 96;

    /// <summary>The same for float: a strip of columns that the first-level cache keeps has more of them.</summary>
    private const int FloatSweepRows = 128;

    /// <summary>Gets the scratch.</summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n, at least m.</param>
    /// <param name="vectors">Whether there will be vectors.</param>
    /// <param name="team">The team, if any.</param>
    public static Int128 GetScratchLength<T>(int rows, int columns, bool vectors, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0)
        {
            return 0;
        }

        if (!IsLong(rows, columns))
        {
            return GetDirectScratchLength<T>(rows, columns, vectors, team);
        }

        Int128 square = (Int128)rows * rows;
        Int128 rest = Int128.Max(HouseholderQr.GetPathScratchLength<T>(columns, rows, team), GetDirectScratchLength<T>(rows, rows, vectors, team));
        rest = Int128.Max(rest, vectors ? Products.GetMultiplyScratchLength<T>(columns, rows, rows, team) : 0);
        return ((Int128)rows * columns) + (vectors ? 2 * square : square) + rest;
    }

    /// <summary>Decomposes; no argument is checked.</summary>
    /// <param name="matrix">A, m×n with m ≤ n.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="left">U, m×m, or empty.</param>
    /// <param name="values">The m singular values.</param>
    /// <param name="right">V, n×m, or empty.</param>
    /// <param name="team">The team for products and passes, if any.</param>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns;
        if (m == 0)
        {
            return;
        }

        if (!IsLong(m, n))
        {
            DecomposeDirectly(matrix, scratch, left, values, right, team);
            return;
        }

        // Aᵀ = Q·R and R = U'·diag(σ)·V'ᵀ: A = V'·diag(σ)·(Q·U')ᵀ.
        bool wantsRight = right.Rows != 0;
        MatrixSpan<T> r = ScratchParts.Take(ref scratch, m, m), q = wantsRight ? ScratchParts.Take(ref scratch, n, m) : default;
        (T scale, T inverse) = PowerOfTwo.Normalizing(MatrixMemory.LargestMagnitude(matrix));
        if (int.Abs(T.ILogB(scale)) < (typeof(T) == typeof(double) ? 300 : 30))
        {
            inverse = T.One;
            HouseholderQr.DecomposeOnPath(matrix.Transposed, scratch, q, r, team, default);
        }
        else
        {
            MatrixSpan<T> scaled = wantsRight ? q : ScratchParts.Take(ref scratch, n, m);
            MatrixMemory.Copy(matrix.Transposed, scaled);
            TensorPrimitives.Multiply(scaled.Data, scale, scaled.Data);
            HouseholderQr.DecomposeOnPath<T>(scaled, scratch, q, r, team, default);
        }

        MatrixSpan<T> inner = wantsRight ? ScratchParts.Take(ref scratch, m, m) : default;
        DecomposeDirectly<T>(r, scratch, inner, values, left, team);
        TensorPrimitives.Multiply(values, inverse, values);
        if (wantsRight)
        {
            Products.Multiply(q, inner, scratch, right, team);
        }
    }

    private static bool IsLong(int rows, int columns) => 2L * columns >= (long)ColumnsForTwoRows * rows && columns > 1;

    private static Int128 GetDirectScratchLength<T>(int rows, int columns, bool vectors, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Tridiagonalization.PaddedStride<T>(columns), square = Tridiagonalization.PaddedStride<T>(rows);
        Int128 own = ((Int128)rows * stride) + (5 * (Int128)LinePath.Padded<T>(rows)) + LinePath.Count<T>();
        int rest = Bidiagonalization.GetScratchLength<T>(rows, columns, team);
        rest = Math.Max(rest, BidiagonalSvd.GetScratchLength<T>(rows, vectors, team));
        if (vectors)
        {
            own += (Int128)rows * square;
            own += TakesSweep<T>(columns) ? (rows + (Int128)columns) * square : (Int128)rows * rows;
            rest = TakesSweep<T>(columns) ? Math.Max(rest, TwistedSvd.GetScratchLength<T>(rows))
                : Math.Max(rest, Math.Max(ReflectorBlocks.GetScratchLength<T>(rows, rows, BlockRows, team),
                    ReflectorBlocks.GetScratchLength<T>(rows, rows, BlockRows, team, columns - rows + 1)));
        }

        return own + rest;
    }

    private static bool TakesSweep<T>(int columns)
        where T : unmanaged
        => columns <= (sizeof(T) == sizeof(float) ? FloatSweepRows : SweepRows);

    /// <summary>A = Q·(0 B)·Pᵀ, B = X·diag(σ)·Yᵀ: U = Q·X, V = P·(0; Y).</summary>
    private static void DecomposeDirectly<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns;
        int stride = Tridiagonalization.PaddedStride<T>(n), square = Tridiagonalization.PaddedStride<T>(m);
        bool vectors = left.Rows + right.Rows != 0, sweeps = TakesSweep<T>(n);
        scratch = ScratchParts.FromLine(scratch);
        MatrixSpan<T> work = ScratchParts.Take(ref scratch, m, stride), reflectors = vectors ? ScratchParts.Take(ref scratch, m, square) : default, x = default, y = default;
        Span<T> diagonal = ScratchParts.TakeLine(ref scratch, m), beside = ScratchParts.TakeLine(ref scratch, m);
        Span<T> rowFactors = ScratchParts.TakeLine(ref scratch, m), columnFactors = ScratchParts.TakeLine(ref scratch, m);
        Span<T> found = ScratchParts.TakeLine(ref scratch, m);
        if (vectors && sweeps)
        {
            x = ScratchParts.Take(ref scratch, m, square);
            y = ScratchParts.Take(ref scratch, n, square);
        }
        else if (vectors)
        {
            x = left.Rows != 0 ? left : ScratchParts.Take(ref scratch, m, m);
            y = right.Rows != 0 ? right : ScratchParts.Take(ref scratch, m, m);
        }

        T inverse = CopyScaled(matrix, work);
        Bidiagonalization.Reduce(work.Data, stride, n, scratch, diagonal, beside, rowFactors, columnFactors, reflectors.Data, square, team);
        if (!vectors)
        {
            // The reflections are not needed any more.
            BidiagonalSvd.Values(diagonal, beside[..(m - 1)], scratch, work.Slice(0, 0, m, m), team);
            TensorPrimitives.Multiply(diagonal, inverse, values);
            return;
        }

        MatrixSpan<T> bottom = y.Slice(y.Rows - m, 0, m, m);
        Span<T> bottomRows = y.Data[((y.Rows - m) * y.RowStride)..];
        if (sweeps && m >= TwistedSvd.MinimumRows && m <= TwistedSvd.MaximumRows<T>()
            && TwistedSvd.TryDecompose<T>(diagonal, beside[..(m - 1)], found, x.Data, bottomRows, square, scratch))
        {
            diagonal = found;
        }
        else
        {
            BidiagonalSvd.Decompose(diagonal, beside[..(m - 1)], scratch, x.Slice(0, 0, m, m), bottom, team);
        }

        TensorPrimitives.Multiply(diagonal, inverse, values);
        MatrixMemory.Clear(y.Slice(0, 0, y.Rows - m, m));
        Reflect(reflectors, columnFactors, 0, scratch, sweeps ? x : default, left, team);
        Reflect(work, rowFactors, n - m + 1, scratch, sweeps ? y : default, right, team);
    }

    /// <summary>Applies the reflections to the vectors, rows of whole registers, and copies them to the target, or to what the target holds where there are none.</summary>
    private static void Reflect<T>(MatrixSpan<T> reflectors, ReadOnlySpan<T> factors, int lead, Span<T> scratch, MatrixSpan<T> vectors, MatrixSpan<T> target, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (target.Rows == 0)
        {
            return;
        }

        if (vectors.Rows == 0)
        {
            ReflectorBlocks.Apply(reflectors.Data, reflectors.RowStride, factors, BlockRows, scratch, target, team, lead);
            return;
        }

        // What stands beyond the columns is reflected along with them, and nobody reads it: anything but NaN.
        int columns = LinePath.Padded<T>(target.Columns);
        if (columns > target.Columns)
        {
            MatrixMemory.Clear(vectors.Slice(0, target.Columns, vectors.Rows, columns - target.Columns));
        }

        fixed (T* v = reflectors.Data, tau = factors, b = vectors.Data)
        {
            ReflectorSweep<T> sweep = new()
            {
                Reflectors = v,
                Stride = reflectors.RowStride,
                Factors = tau,
                Target = b,
                TargetStride = vectors.RowStride,
                Rows = factors.Length,
                Lead = lead,
                Columns = columns,
            };
            LinePath.Run<T, ReflectorSweep<T>>(ref sweep);
        }

        MatrixMemory.Copy<T>(vectors.Slice(0, 0, target.Rows, target.Columns), target);
    }

    /// <summary>Copies a matrix to rows of whole registers, scaled by a power of two to magnitudes below 4; returns its inverse.</summary>
    private static T CopyScaled<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Columns;
        (T scale, T inverse) = PowerOfTwo.Normalizing(MatrixMemory.LargestMagnitude(matrix));
        if (matrix.ColumnStride != 1)
        {
            Transposition.Copy(matrix.Transposed, work.Slice(0, 0, matrix.Rows, n));
        }

        for (int i = 0; i < matrix.Rows; i++)
        {
            Span<T> row = work.Row(i);
            TensorPrimitives.Multiply(matrix.ColumnStride == 1 ? matrix.Data.Slice(i * matrix.RowStride, n) : row[..n], scale, row[..n]);
            row[n..].Clear();
        }

        return inverse;
    }
}
