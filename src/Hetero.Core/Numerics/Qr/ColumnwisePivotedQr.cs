using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The QR decomposition A·P = Q·R by Householder reflections with column pivoting, in place: the next column is always the one that is
/// farthest from the span of those taken. Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// With its rows sorted by descending largest magnitude, the error in every row of A is small next to that row (Powell, Reid, IFIP
/// Congress 1968; Cox, Higham, Numerische Mathematik 1998): graded rows keep their digits, as graded columns do anyway.
/// One column after the other, so that the order of operations in a row is that of the analysis; <see cref="PivotedQr"/> is the fast one.
/// </remarks>
internal static class ColumnwisePivotedQr
{
    /// <summary>Decomposes.</summary>
    /// <param name="columns">The n columns of A, as rows of m ≥ n elements; becomes those of A·P: row j holds R's column j up to j − 1,
    /// and from j on the v of reflection j.</param>
    /// <param name="permutation">n numbers: the column of A that is column j of A·P.</param>
    /// <param name="norms">Scratch of 2·n elements.</param>
    /// <param name="diagonal">The diagonal of R, of either sign.</param>
    /// <param name="factors">The n factors τ.</param>
    public static void Decompose<T>(MatrixSpan<T> columns, Span<int> permutation, Span<T> norms, Span<T> diagonal, Span<T> factors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = columns.Rows;
        Span<T> remaining = norms[..n];
        Span<T> reference = norms.Slice(n, n);
        for (int j = 0; j < n; j++)
        {
            permutation[j] = j;
            remaining[j] = reference[j] = ScaledNorm.Of<T>(columns.Row(j));
        }

        T loss = T.Sqrt(T.BitIncrement(T.One) - T.One);
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int j = k + 1; j < n; j++)
            {
                pivot = remaining[j] > remaining[pivot] ? j : pivot;
            }

            if (pivot != k)
            {
                Swap(columns.Row(k), columns.Row(pivot));
                (permutation[k], permutation[pivot]) = (permutation[pivot], permutation[k]);
                (remaining[pivot], reference[pivot]) = (remaining[k], reference[k]);
            }

            Span<T> v = columns.Row(k)[k..];
            (diagonal[k], factors[k]) = HouseholderReflection.Create(v);
            for (int j = k + 1; j < n; j++)
            {
                Span<T> column = columns.Row(j)[k..];
                HouseholderReflection.Apply(v, factors[k], column);
                if (T.IsZero(remaining[j]))
                {
                    continue;
                }

                // The norm of what is left, from that before (Drmač, Bujanović, ACM TOMS 35, 2008); once too much has cancelled, anew.
                T share = column[0] / remaining[j];
                T left = T.Max(T.FusedMultiplyAdd(-share, share, T.One), T.Zero);
                T ratio = remaining[j] / reference[j];
                if (left * ratio * ratio <= loss)
                {
                    remaining[j] = reference[j] = ScaledNorm.Of<T>(column[1..]);
                }
                else
                {
                    remaining[j] *= T.Sqrt(left);
                }
            }
        }
    }

    internal static void Swap<T>(Span<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }
}
