using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// Householder reduction of a symmetric matrix to tridiagonal form, QᵀAQ = T, in panels (Dongarra, Hammarling, Sorensen, J. Comput. Appl.
/// Math. 27, 1989; LAPACK's sytrd): half of the 8n³/3 operations are a product of a matrix and a vector, the other half products of
/// matrices. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// In a panel the matrix stays as it was; after c columns it stands for A − Σ (v_r·w_rᵀ + w_r·v_rᵀ), r &lt; c. The whole square is kept rather
/// than a triangle, so that a column is also a row, contiguous. Rows are padded with zeros to what a step of <see cref="RowCombination"/>
/// takes, and what is left after a panel is moved to the front.
/// </remarks>
internal static class Tridiagonalization
{
    /// <summary>Gets the length of a padded row: a multiple of 256 bytes.</summary>
    public static int PaddedLength<T>(int size)
        where T : unmanaged
        => checked(size + StepLength<T>() - 1) / StepLength<T>() * StepLength<T>();

    /// <summary>Gets the scratch of a reduction in panels of <paramref name="width"/> columns.</summary>
    public static int GetScratchLength<T>(int size, int width, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int product = 0;
        for (int m = size; m > 1;)
        {
            int columns = Math.Min(width, m - 1);
            m -= columns;
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(m, 2 * columns, PaddedLength<T>(m), team));
        }

        return checked((6 * width * PaddedLength<T>(size)) + width + product);
    }

    /// <summary>Reduces the matrix.</summary>
    /// <param name="work">A, symmetric: n rows of <see cref="PaddedLength"/> elements, zero from column n on. Overwritten.</param>
    /// <param name="width">The columns of a panel, 1 or more.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="diagonal">The n diagonal entries of T.</param>
    /// <param name="beside">n elements; the first n − 1 are the entries beside the diagonal, the last is 0.</param>
    /// <param name="factors">n elements: the first n − 1 are the τ of the reflections.</param>
    /// <param name="reflectors">n×n or empty: row k gets v of reflection k from column k + 1 on, zeros before; Q = H₀·H₁·…</param>
    /// <param name="team">The team for products, if any.</param>
    public static void Reduce<T>(
        Span<T> work,
        int width,
        Span<T> scratch,
        Span<T> diagonal,
        Span<T> beside,
        Span<T> factors,
        MatrixSpan<T> reflectors,
        WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length;
        int m = n;
        int done = 0;
        while (m > 1)
        {
            int stride = PaddedLength<T>(m);
            int columns = Math.Min(width, m - 1);
            Span<T> v = scratch[..(columns * stride)];
            Span<T> w = scratch.Slice(columns * stride, columns * stride);
            Span<T> rest = scratch[(2 * columns * stride)..];
            for (int c = 0; c < columns; c++)
            {
                ReduceColumn(work, m, c, v, w, rest[..columns], out diagonal[done + c], out beside[done + c], out factors[done + c]);
                if (reflectors.Rows != 0)
                {
                    Span<T> row = reflectors.Row(done + c);
                    row[..done].Clear();
                    v.Slice(c * stride, m).CopyTo(row[done..]);
                }
            }

            Update(work, m, columns, v, w, rest, team);
            m -= columns;
            done += columns;
        }

        if (m == 1)
        {
            diagonal[n - 1] = work[0];
            beside[n - 1] = T.Zero;
            factors[n - 1] = T.Zero;
            if (reflectors.Rows != 0)
            {
                reflectors.Row(n - 1).Clear();
            }
        }
    }

    private static int StepLength<T>()
        where T : unmanaged
        => 256 / Unsafe.SizeOf<T>();

    /// <summary>Reflects column c of a panel and finds v_c and w_c, where HAH = A − v·wᵀ − w·vᵀ.</summary>
    private static void ReduceColumn<T>(
        Span<T> work, int m, int c, Span<T> vs, Span<T> ws, Span<T> coefficients, out T diagonal, out T beside, out T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = PaddedLength<T>(m);
        int start = c / StepLength<T>() * StepLength<T>();
        Span<T> column = work.Slice(c * stride, stride);
        AddPairs(vs, ws, c, c, start, stride, coefficients, column[start..]);
        diagonal = column[c];

        Span<T> v = vs.Slice(c * stride, stride);
        v[..(c + 1)].Clear();
        column[(c + 1)..].CopyTo(v[(c + 1)..]);
        Span<T> tail = v[(c + 1)..m];
        (beside, tau) = HouseholderReflection.Create(tail);

        // w = p − ½τ(pᵀv)·v with p = τ·A·v; A's rows before c + 1 meet zeros of v.
        start = (c + 1) / StepLength<T>() * StepLength<T>();
        Span<T> w = ws.Slice(c * stride, stride);
        w.Clear();
        RowCombination.Add(tail, work[(((c + 1) * stride) + start)..(m * stride)], stride, w[start..]);
        for (int r = 0; r < c; r++)
        {
            coefficients[r] = -Reductions.Dot<T>(ws.Slice((r * stride) + c + 1, tail.Length), tail);
        }

        AddRows(coefficients[..c], vs, start, stride, w[start..]);
        for (int r = 0; r < c; r++)
        {
            coefficients[r] = -Reductions.Dot<T>(vs.Slice((r * stride) + c + 1, tail.Length), tail);
        }

        AddRows(coefficients[..c], ws, start, stride, w[start..]);
        w[..(c + 1)].Clear();
        Span<T> p = w[(c + 1)..m];
        TensorPrimitives.Multiply<T>(p, tau, p);
        T half = T.CreateChecked(-0.5) * tau * Reductions.Dot<T>(p, tail);
        TensorPrimitives.FusedMultiplyAdd<T>(tail, half, p, p);
    }

    /// <summary>y ← y − Σ_r (v_r·w_r[index] + w_r·v_r[index]), r &lt; count, from column <paramref name="start"/> on.</summary>
    private static void AddPairs<T>(
        Span<T> vs, Span<T> ws, int count, int index, int start, int stride, Span<T> coefficients, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < count; r++)
        {
            coefficients[r] = -ws[(r * stride) + index];
        }

        AddRows(coefficients[..count], vs, start, stride, y);
        for (int r = 0; r < count; r++)
        {
            coefficients[r] = -vs[(r * stride) + index];
        }

        AddRows(coefficients[..count], ws, start, stride, y);
    }

    /// <summary>The rows before the one at <paramref name="coefficients"/>' end; y may be that row itself.</summary>
    private static void AddRows<T>(ReadOnlySpan<T> coefficients, Span<T> rows, int start, int stride, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!coefficients.IsEmpty)
        {
            RowCombination.Add(coefficients, rows[start..(coefficients.Length * stride)], stride, y);
        }
    }

    /// <summary>Moves what is left of the matrix to the front and applies the panel: A ← A − V·Wᵀ − W·Vᵀ.</summary>
    private static void Update<T>(Span<T> work, int m, int columns, Span<T> v, Span<T> w, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = PaddedLength<T>(m);
        int left = m - columns;
        int padded = PaddedLength<T>(left);
        for (int i = 0; i < left; i++)
        {
            work.Slice(((columns + i) * stride) + columns, left).CopyTo(work[(i * padded)..]);
            work.Slice((i * padded) + left, padded - left).Clear();
        }

        Span<T> leftRows = scratch[..(2 * columns * left)];
        Span<T> rightRows = scratch.Slice(leftRows.Length, 2 * columns * padded);
        rightRows.Clear();
        for (int r = 0; r < columns; r++)
        {
            ReadOnlySpan<T> vTail = v.Slice((r * stride) + columns, left);
            ReadOnlySpan<T> wTail = w.Slice((r * stride) + columns, left);
            vTail.CopyTo(leftRows[(r * left)..]);
            wTail.CopyTo(leftRows[((columns + r) * left)..]);
            TensorPrimitives.Negate(wTail, rightRows[(r * padded)..]);
            TensorPrimitives.Negate(vTail, rightRows[((columns + r) * padded)..]);
        }

        ReadOnlyMatrixSpan<T> factors = new(leftRows, 2 * columns, left);
        Products.MultiplyAdd(
            factors.Transposed,
            new ReadOnlyMatrixSpan<T>(rightRows, 2 * columns, padded),
            scratch[(leftRows.Length + rightRows.Length)..],
            new MatrixSpan<T>(work[..(left * padded)], left, padded),
            team);
    }
}
