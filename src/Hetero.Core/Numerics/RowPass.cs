using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Two steps of a pass over rows in one: y ← y + c·row and the dot product of the following row with w. The row that is added has just
/// been read and is in the cache, the following one streams in from memory, so that memory never waits for the addition.
/// </summary>
/// <remarks>The bits are those of <see cref="RowCombination"/> and of <see cref="Reductions.Dot{T}(ReadOnlySpan{T}, ReadOnlySpan{T})"/>. Thread-safe: no state.</remarks>
internal static unsafe class RowPass
{
    /// <summary>Adds <paramref name="coefficient"/>·<paramref name="row"/> to <paramref name="sums"/>; returns next·weights. All have one length.</summary>
    public static T AddAndDot<T>(T coefficient, ReadOnlySpan<T> row, Span<T> sums, ReadOnlySpan<T> next, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(row.Length, weights.Length, nameof(row));
        Guard.Length(sums.Length, weights.Length, nameof(sums));
        Guard.Length(next.Length, weights.Length, nameof(next));
        T total = T.Zero;
        for (int start = 0; start < weights.Length; start += DotKernel.BlockLength)
        {
            int length = Math.Min(DotKernel.BlockLength, weights.Length - start);
            T block = Block(coefficient, row.Slice(start, length), sums.Slice(start, length), next.Slice(start, length), weights.Slice(start, length));
            total = start == 0 ? block : total + block;
        }

        return total;
    }

    private static T Block<T>(T coefficient, ReadOnlySpan<T> row, Span<T> sums, ReadOnlySpan<T> next, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => SimdPath.Is512 ? Block<T, Simd512<T>, Vector512<T>>(coefficient, row, sums, next, weights)
            : SimdPath.Is256 ? Block<T, Simd256<T>, Vector256<T>>(coefficient, row, sums, next, weights)
            : Apart(coefficient, row, sums, next, weights);

    /// <summary>The two steps one after the other, for widths whose registers cannot hold both.</summary>
    private static T Apart<T>(T coefficient, ReadOnlySpan<T> row, Span<T> sums, ReadOnlySpan<T> next, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowCombination.Add(new ReadOnlySpan<T>(in coefficient), row, row.Length, sums);
        return DotKernel.Block(next, weights);
    }

    // Register budget: the 4 (512 bits) or 8 (256 bits) chains of the dot product, the coefficient, and one register of y on its way.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Block<T, TSimd, TVector>(T coefficient, ReadOnlySpan<T> row, Span<T> sums, ReadOnlySpan<T> next, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = DotKernel.LaneBytes / sizeof(T);
        T* chains = stackalloc T[DotKernel.LaneBytes / sizeof(T)];
        nint length = weights.Length;
        nint whole = length - (length % lanes);
        TVector c = TSimd.Create(coefficient);
        fixed (T* rows = row, ys = sums, nexts = next, ws = weights)
        {
            TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
            TVector s4 = TSimd.Zero, s5 = TSimd.Zero, s6 = TSimd.Zero, s7 = TSimd.Zero;
            for (nint i = 0; i < whole; i += lanes)
            {
                T* r = rows + i, y = ys + i, n = nexts + i, w = ws + i;
                s0 = Step<T, TSimd, TVector>(c, r, y, n, w, 0, s0);
                s1 = Step<T, TSimd, TVector>(c, r, y, n, w, 1, s1);
                s2 = Step<T, TSimd, TVector>(c, r, y, n, w, 2, s2);
                s3 = Step<T, TSimd, TVector>(c, r, y, n, w, 3, s3);
                if (TSimd.Count * sizeof(T) < 64)
                {
                    s4 = Step<T, TSimd, TVector>(c, r, y, n, w, 4, s4);
                    s5 = Step<T, TSimd, TVector>(c, r, y, n, w, 5, s5);
                    s6 = Step<T, TSimd, TVector>(c, r, y, n, w, 6, s6);
                    s7 = Step<T, TSimd, TVector>(c, r, y, n, w, 7, s7);
                }
            }

            TSimd.Store(s0, ref chains[0]);
            TSimd.Store(s1, ref chains[TSimd.Count]);
            TSimd.Store(s2, ref chains[2 * TSimd.Count]);
            TSimd.Store(s3, ref chains[3 * TSimd.Count]);
            if (TSimd.Count * sizeof(T) < 64)
            {
                TSimd.Store(s4, ref chains[4 * TSimd.Count]);
                TSimd.Store(s5, ref chains[5 * TSimd.Count]);
                TSimd.Store(s6, ref chains[6 * TSimd.Count]);
                TSimd.Store(s7, ref chains[7 * TSimd.Count]);
            }

            for (nint i = whole; i < length; i++)
            {
                ys[i] = T.FusedMultiplyAdd(coefficient, rows[i], ys[i]);
                chains[i - whole] = T.FusedMultiplyAdd(nexts[i], ws[i], chains[i - whole]);
            }
        }

        return DotKernel.AddLanes<T, TSimd, TVector>(chains);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Step<T, TSimd, TVector>(TVector c, T* row, T* y, T* next, T* w, int register, TVector chain)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int at = register * TSimd.Count;
        TSimd.Store(TSimd.FusedMultiplyAdd(c, TSimd.Load(ref row[at]), TSimd.Load(ref y[at])), ref y[at]);
        return TSimd.FusedMultiplyAdd(TSimd.Load(ref next[at]), TSimd.Load(ref w[at]), chain);
    }
}
