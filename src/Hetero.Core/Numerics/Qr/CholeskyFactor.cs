using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>The Cholesky factor of a symmetric matrix, G = Rᵀ·R. Thread-safe as long as calls share no memory.</summary>
internal static class CholeskyFactor
{
    /// <summary>Factors G + shift·diag(G), row after row; every entry is one multiply-add chain.</summary>
    /// <param name="gram">G, k×k with a positive diagonal; the upper triangle is used.</param>
    /// <param name="shift">The relative shift, 0 or above.</param>
    /// <param name="leastPivot">The pivots must be above this multiple of the diagonal of G.</param>
    /// <param name="coefficients">Scratch of k elements.</param>
    /// <param name="factor">R, upper triangular with zeros below; shares no memory with G.</param>
    /// <param name="failed">The first row whose pivot was not large enough; −1 if all were.</param>
    /// <returns>Whether every pivot was large enough. Otherwise R is of no use.</returns>
    public static bool TryFactor<T>(ReadOnlyMatrixSpan<T> gram, T shift, T leastPivot, Span<T> coefficients, MatrixSpan<T> factor, out int failed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = gram.Rows;
        for (int j = 0; j < k; j++)
        {
            factor.Row(j)[..j].Clear();
            Span<T> row = factor.Row(j)[j..];
            gram.Data.Slice((j * k) + j, k - j).CopyTo(row);
            T diagonal = row[0];
            row[0] = T.FusedMultiplyAdd(shift, diagonal, diagonal);
            if (j > 0)
            {
                for (int i = 0; i < j; i++)
                {
                    coefficients[i] = -factor.Data[(i * k) + j];
                }

                RowCombination.Add(coefficients[..j], factor.Data[j..(j * k)], k, row);
            }

            if (!(row[0] > leastPivot * diagonal))
            {
                failed = j;
                return false;
            }

            T root = T.Sqrt(row[0]);
            TensorPrimitives.Divide<T>(row, root, row);
            row[0] = root;
        }

        failed = -1;
        return true;
    }
}
