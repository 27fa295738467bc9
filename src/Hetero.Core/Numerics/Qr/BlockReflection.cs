using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Products of Householder reflections as products of matrices: H₀·H₁·… = I − Y·T·Yᵀ with T upper triangular (Schreiber, Van Loan,
/// SIAM J. Sci. Stat. Comput. 10, 1989). Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class BlockReflection
{
    /// <summary>
    /// The rows after which a sum along a column begins anew. The reflections of a matrix with equal entries are vectors with equal entries; sums of such terms
    /// round the same way again and again, and in column after column. A chain of n of them would cost Q's columns n·ε each.
    /// </summary>
    private const int ChunkRows = 32;

    /// <summary>Gets the scratch of <see cref="Form"/> for blocks of <paramref name="width"/> reflections.</summary>
    public static int GetScratchLength<T>(int size, int width, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int product = 0;
        for (int start = 0; start < size - 1; start += width)
        {
            int count = Math.Min(width, size - 1 - start);
            int rows = size - 1 - start;
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(count, Math.Min(ChunkRows, rows), size));
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(count, count, size, team));
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(rows, count, size, team));
        }

        return checked((width * size) + (2 * width * width) + (2 * width * size) + product);
    }

    /// <summary>Q ← H₀·H₁·…, where H_k = I − τ_k·v_k·v_kᵀ and v_k, row k of <paramref name="reflectors"/>, is zero up to column k.</summary>
    public static void Form<T>(
        MatrixSpan<T> reflectors, ReadOnlySpan<T> factors, int width, Span<T> scratch, MatrixSpan<T> q, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = q.Rows;
        MatrixMemory.Clear(q);
        for (int i = 0; i < n; i++)
        {
            q[i, i] = T.One;
        }

        for (int start = Math.Max(0, n - 2) / width * width; start >= 0 && n > 1; start -= width)
        {
            int count = Math.Min(width, n - 1 - start);
            int rows = n - 1 - start;
            MatrixSpan<T> y = new(scratch[..(rows * count)], rows, count);
            Span<T> rest = scratch[y.Data.Length..];
            MatrixSpan<T> gram = new(rest[..(count * count)], count, count);
            MatrixSpan<T> triangle = new(rest.Slice(count * count, count * count), count, count);
            rest = rest[(2 * count * count)..];
            MatrixSpan<T> first = new(rest[..(count * n)], count, n);
            MatrixSpan<T> second = new(rest.Slice(count * n, count * n), count, n);
            rest = rest[(2 * count * n)..];
            ReadOnlySpan<T> vectors = reflectors.Data[((start * n) + start + 1)..];
            for (int c = 0; c < count; c++)
            {
                ReadOnlySpan<T> v = vectors.Slice(c * n, rows);
                RowProducts.Compute(vectors, n, v, gram.Row(c)[..c]);
                for (int i = 0; i < rows; i++)
                {
                    y.Data[(i * count) + c] = v[i];
                }
            }

            NegatedTriangle(gram, factors.Slice(start, count), triangle);

            // Rows start + 1 and below of Q; the reflections leave the others alone.
            MatrixSpan<T> target = q.Slice(start + 1, 0, rows, n);
            first.Data.Clear();
            for (int row = 0; row < rows; row += ChunkRows)
            {
                int taken = Math.Min(ChunkRows, rows - row);
                ReadOnlyMatrixSpan<T> part = new(y.Data.Slice(row * count, taken * count), taken, count);
                Products.MultiplyAdd(part.Transposed, target.Slice(row, 0, taken, n), rest, first);
            }

            Products.Multiply(triangle, first, rest, second, team);
            Products.MultiplyAdd(y, second, rest, target, team);
        }
    }

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
