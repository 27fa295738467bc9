using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Tests.Support;

/// <summary>Products entry by entry, as the library defines their bits.</summary>
internal static class PlainProducts
{
    /// <summary>
    /// The definition: chains of 192 steps along k, each from +0. β·C is rounded, and every chain, times α, is rounded and added to it; with β = 0, α times the
    /// first replaces what was there.
    /// </summary>
    public static T[] Compute<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T[] c, ProductUpdate<T> update)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < b.Columns; j++)
            {
                ref T entry = ref c[(i * b.Columns) + j];
                entry = update.Beta == T.Zero ? T.Zero : update.Beta * entry;
                for (int start = 0; start < a.Columns && update.Alpha != T.Zero; start += 192)
                {
                    T chain = T.Zero;
                    for (int k = start; k < Math.Min(start + 192, a.Columns); k++)
                    {
                        chain = T.FusedMultiplyAdd(a[i, k], b[k, j], chain);
                    }

                    entry = update.Beta == T.Zero && start == 0 ? update.Alpha * chain : entry + (update.Alpha * chain);
                }
            }
        }

        return c;
    }
}
