using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// Finds the first column of a matrix that depends on those before it, by classical Gram–Schmidt, twice for each column: slower than what it explains, but for a
/// matrix of any rank. Thread-safe as long as calls share no memory.
/// </summary>
internal static class DependentColumn
{
    /// <summary>The rows whose products are one chain; sums of more are sums of those.</summary>
    private const int PartRows = 2048;

    /// <summary>Returns the first column of A = Q·R, from 0, of which less than a share lies outside the span of those before it; −1 if there is none.</summary>
    /// <param name="q">Q, n×k, finite, not necessarily orthonormal; overwritten.</param>
    /// <param name="r">R, k×k, upper triangular.</param>
    /// <param name="negligible">The share of a column's length.</param>
    /// <param name="components">Scratch of k elements.</param>
    /// <param name="sums">Scratch of k elements.</param>
    public static int Find<T>(MatrixSpan<T> q, ReadOnlyMatrixSpan<T> r, T negligible, Span<T> components, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Multiply(q, r);
        return Find(q, negligible, components, sums);
    }

    /// <summary>Q ← Q·R.</summary>
    private static void Multiply<T>(MatrixSpan<T> q, ReadOnlyMatrixSpan<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < q.Rows; i++)
        {
            Span<T> row = q.Row(i);
            for (int j = row.Length - 1; j >= 0; j--)
            {
                T sum = T.Zero;
                for (int c = 0; c <= j; c++)
                {
                    sum = T.FusedMultiplyAdd(row[c], r[c, j], sum);
                }

                row[j] = sum;
            }
        }
    }

    private static int Find<T>(MatrixSpan<T> matrix, T negligible, Span<T> components, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < matrix.Columns; j++)
        {
            Scale(matrix, j, PowerOfTwo.Normalizing(Largest(matrix, j)).Scale);
            T length = Length(matrix, j, components, sums);
            for (int pass = 0; pass < 2; pass++)
            {
                Products(matrix, j, components[..j], sums[..j]);
                for (int i = 0; i < matrix.Rows; i++)
                {
                    Span<T> row = matrix.Row(i);
                    T entry = row[j];
                    for (int c = 0; c < j; c++)
                    {
                        entry = T.FusedMultiplyAdd(-components[c], row[c], entry);
                    }

                    row[j] = entry;
                }
            }

            T rest = Length(matrix, j, components, sums);
            if (!(rest > negligible * length))
            {
                return j;
            }

            Scale(matrix, j, T.One / rest);
        }

        return -1;
    }

    private static T Largest<T>(MatrixSpan<T> matrix, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            largest = T.Max(largest, T.Abs(matrix[i, column]));
        }

        return largest;
    }

    private static void Scale<T>(MatrixSpan<T> matrix, int column, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            matrix[i, column] *= factor;
        }
    }

    private static T Length<T>(MatrixSpan<T> matrix, int column, Span<T> components, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Products(matrix, column, components[..(column + 1)], sums[..(column + 1)]);
        return T.Sqrt(components[column]);
    }

    /// <summary>The inner products of a column with the first few.</summary>
    private static void Products<T>(MatrixSpan<T> matrix, int column, Span<T> products, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        products.Clear();
        for (int first = 0; first < matrix.Rows; first += PartRows)
        {
            sums.Clear();
            for (int i = first; i < Math.Min(first + PartRows, matrix.Rows); i++)
            {
                Span<T> row = matrix.Row(i);
                for (int c = 0; c < sums.Length; c++)
                {
                    sums[c] = T.FusedMultiplyAdd(row[c], row[column], sums[c]);
                }
            }

            for (int c = 0; c < sums.Length; c++)
            {
                products[c] += sums[c];
            }
        }
    }
}
