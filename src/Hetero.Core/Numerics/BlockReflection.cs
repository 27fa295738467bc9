using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Products of Householder reflections as products of matrices: H₀·H₁·… = I − Y·T·Yᵀ with T upper triangular (Schreiber, Van Loan,
/// SIAM J. Sci. Stat. Comput. 10, 1989). Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class BlockReflection
{
    /// <summary>Gets the scratch of <see cref="Form"/> for blocks of <paramref name="width"/> reflections.</summary>
    public static int GetScratchLength<T>(int size, int width, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int product = 0;
        for (int start = 0; start < size - 1; start += width)
        {
            int count = Math.Min(width, size - 1 - start);
            int rows = size - 1 - start;
            product = Math.Max(product, Products.GetGramScratchLength<T>(count, rows));
            product = Math.Max(product, Products.GetMultiplyScratchLength<T>(count, rows, size, team));
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
        q.Data.Clear();
        for (int i = 0; i < n; i++)
        {
            q[i, i] = T.One;
        }

        for (int start = Math.Max(0, n - 2) / width * width; start >= 0 && n > 1; start -= width)
        {
            int count = Math.Min(width, n - 1 - start);
            int rows = n - 1 - start;
            MatrixSpan<T> y = new(scratch[..(count * rows)], count, rows);
            Span<T> rest = scratch[y.Data.Length..];
            MatrixSpan<T> gram = new(rest[..(count * count)], count, count);
            MatrixSpan<T> triangle = new(rest.Slice(count * count, count * count), count, count);
            rest = rest[(2 * count * count)..];
            MatrixSpan<T> first = new(rest[..(count * n)], count, n);
            MatrixSpan<T> second = new(rest.Slice(count * n, count * n), count, n);
            rest = rest[(2 * count * n)..];
            for (int r = 0; r < count; r++)
            {
                reflectors.Row(start + r)[(start + 1)..].CopyTo(y.Row(r));
            }

            Products.Gram(y, rest, gram);
            NegatedTriangle(gram, factors.Slice(start, count), triangle);

            // Rows start + 1 and below of Q; the reflections leave the others alone.
            MatrixSpan<T> target = new(q.Data[((start + 1) * n)..], rows, n);
            Products.Multiply(y, target, rest, first, team);
            Products.Multiply(triangle, first, rest, second, team);
            Products.MultiplyAdd(y.AsReadOnly().Transposed, second, rest, target, team);
        }
    }

    /// <summary>−T: t_cc = τ_c, and above it −τ_c·T·(Yᵀ·v_c), T being what there is of it so far.</summary>
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
                    sum = T.FusedMultiplyAdd(triangle[i, j], gram[j, c], sum);
                }

                triangle[i, c] = -factors[c] * sum;
            }

            triangle[c, c] = -factors[c];
        }
    }
}
