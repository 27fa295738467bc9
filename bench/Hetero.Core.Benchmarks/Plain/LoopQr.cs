using System.Numerics;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>Modified Gram–Schmidt, row after row in each step: the loop that people write first, in the order of memory.</summary>
internal static class LoopQr
{
    public static void Decompose<T>(int rows, int columns, ReadOnlySpan<T> matrix, Span<T> q, Span<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        matrix.CopyTo(q);
        r.Clear();
        for (int k = 0; k < columns; k++)
        {
            Span<T> products = r.Slice(k * columns, columns);
            for (int i = 0; i < rows; i++)
            {
                ReadOnlySpan<T> row = q.Slice(i * columns, columns);
                T entry = row[k];
                for (int j = k; j < row.Length; j++)
                {
                    products[j] += entry * row[j];
                }
            }

            T norm = T.Sqrt(products[k]);
            for (int j = k; j < columns; j++)
            {
                products[j] /= norm;
            }

            for (int i = 0; i < rows; i++)
            {
                Span<T> row = q.Slice(i * columns, columns);
                T entry = row[k] /= norm;
                for (int j = k + 1; j < row.Length; j++)
                {
                    row[j] -= entry * products[j];
                }
            }
        }
    }
}
