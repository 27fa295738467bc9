using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>The dot product of the reductions' lines, which are whole registers. Thread-safe: no state.</summary>
internal static unsafe class LineDot
{
    /// <summary>Two sums for each lane, then the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T, TSimd, TVector>(T* x, T* y, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = TSimd.Count;
        TVector even = TSimd.Zero, odd = TSimd.Zero;
        int k = 0;
        for (; k < end - lanes; k += 2 * lanes)
        {
            even = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[k]), TSimd.Load(ref y[k]), even);
            odd = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[k + lanes]), TSimd.Load(ref y[k + lanes]), odd);
        }

        if (k < end)
        {
            even = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[k]), TSimd.Load(ref y[k]), even);
        }

        return TSimd.AddHalves(TSimd.Add(even, odd));
    }
}
