using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// B ← H_{n−1}·…·H₁·B with the reflections that <see cref="Tridiagonalization"/> and <see cref="Bidiagonalization"/> leave, in blocks as products of matrices: I − Y·T·Yᵀ
/// with T upper triangular (Schreiber, Van Loan, SIAM J. Sci. Stat. Comput. 10, 1989). Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class ReflectorBlocks
{
    /// <summary>The reflections of a block.</summary>
    public const int BlockRows = 16;

    /// <summary>The rows up to which one reflection after the other is as fast, see <see cref="ReflectorSweep{T}"/>.</summary>
    public const int SweepRows = 100;

    /// <summary>
    /// The rows after which a sum along a column begins anew. The reflections of a matrix with equal entries are vectors with equal entries; sums of such terms
    /// round the same way again and again, and in column after column. A chain of n of them would cost Q's columns n·ε each.
    /// </summary>
    private const int ChunkRows = 96;

    /// <summary>Gets the scratch.</summary>
    public static int GetScratchLength<T>(int size, int columns, int width, WorkerTeam? team, int lead = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int product = 0;
        for (int first = First(lead); first < size; first += width)
        {
            int count = Math.Min(width, size - first);
            int rows = first + count - 1 + lead;
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(count, Math.Min(ChunkRows, rows), columns, team));
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(count, count, columns, team));
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(rows, count, columns, team));
        }

        return checked((width * (size + lead + (2 * width) + (2 * columns) + 1)) + product);
    }

    /// <summary>Applies the reflections.</summary>
    /// <param name="reflectors">Row i holds the i entries of the vector of H_i, or more of them if <paramref name="lead"/> says so.</param>
    /// <param name="stride">The distance between two of its rows.</param>
    /// <param name="factors">τ of each.</param>
    /// <param name="width">The reflections of a block, 1 or more.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="target">B, n rows or more.</param>
    /// <param name="team">The team for products, if any.</param>
    /// <param name="lead">How many more than i entries the vector of H_i has. If there are any, H₀ is a reflection too.</param>
    public static void Apply<T>(
        ReadOnlySpan<T> reflectors, int stride, ReadOnlySpan<T> factors, int width, Span<T> scratch, MatrixSpan<T> target, WorkerTeam? team, int lead = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = factors.Length;
        int columns = target.Columns;
        for (int first = First(lead); first < n; first += width)
        {
            int count = Math.Min(width, n - first);
            int rows = first + count - 1 + lead;
            MatrixSpan<T> y = new(scratch[..(count * rows)], count, rows);
            Span<T> rest = scratch[y.Data.Length..];
            MatrixSpan<T> gram = new(rest[..(count * count)], count, count);
            MatrixSpan<T> triangle = new(rest.Slice(count * count, count * count), count, count);
            rest = rest[(2 * count * count)..];
            MatrixSpan<T> inner = new(rest[..(count * columns)], count, columns);
            MatrixSpan<T> outer = new(rest.Slice(count * columns, count * columns), count, columns);
            Span<T> taus = rest.Slice(2 * count * columns, count);
            rest = rest[((2 * count * columns) + count)..];

            // The leftmost factor is the last reflection.
            for (int c = 0; c < count; c++)
            {
                int i = first + count - 1 - c;
                Span<T> v = y.Row(c);
                reflectors.Slice(i * stride, i + lead).CopyTo(v);
                v[(i + lead)..].Clear();
                RowProducts.Compute(y.Data, rows, v, gram.Row(c)[..c]);
                taus[c] = factors[i];
            }

            NegatedTriangle(gram, taus, triangle);
            MatrixSpan<T> part = target.Slice(0, 0, rows, columns);
            inner.Data.Clear();
            for (int row = 0; row < rows; row += ChunkRows)
            {
                int taken = Math.Min(ChunkRows, rows - row);
                Products.MultiplyAdd(y.Slice(0, row, count, taken), part.Slice(row, 0, taken, columns), rest, inner, team);
            }

            Products.Multiply(triangle, inner, rest, outer, team);
            Products.MultiplyAdd<T>(((ReadOnlyMatrixSpan<T>)y).Transposed, outer, rest, part, team);
        }
    }

    private static int First(int lead) => lead == 0 ? 1 : 0;

    /// <summary>−T: t_cc = τ_c, and above it −τ_c·T·(Yᵀ·v_c), T being what there is of it so far. Of YᵀY the part below the diagonal is used.</summary>
    private static void NegatedTriangle<T>(MatrixSpan<T> gram, ReadOnlySpan<T> factors, MatrixSpan<T> triangle)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        triangle.Data.Clear();
        for (int c = 0; c < factors.Length; c++)
        {
            for (int i = 0; i < c; i++)
            {
                T sum = T.Zero;
                for (int j = i; j < c; j++)
                {
                    sum = T.FusedMultiplyAdd(triangle[i, j], gram[c, j], sum);
                }

                triangle[i, c] = -factors[c] * sum;
            }

            triangle[c, c] = -factors[c];
        }
    }
}
