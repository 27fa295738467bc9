using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Random;

/// <summary>x ← scale·x + shift, rounded once: the same bits on every register width. Thread-safe: no state.</summary>
internal static class AffineMap
{
    public static void Apply<T>(Span<T> x, T scale, T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Apply<T, Simd512<T>, Vector512<T>>(x, scale, shift);
        }
        else if (SimdPath.Is256)
        {
            Apply<T, Simd256<T>, Vector256<T>>(x, scale, shift);
        }
        else
        {
            Apply<T, Scalar<T>, T>(x, scale, shift);
        }
    }

    internal static void Apply<T, TSimd, TVector>(Span<T> x, T scale, T shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector factor = TSimd.Create(scale), addend = TSimd.Create(shift);
        Span<TVector> registers = MemoryMarshal.Cast<T, TVector>(x);
        for (int i = 0; i < registers.Length; i++)
        {
            registers[i] = TSimd.FusedMultiplyAdd(factor, registers[i], addend);
        }

        for (int i = registers.Length * TSimd.Count; i < x.Length; i++)
        {
            x[i] = T.FusedMultiplyAdd(scale, x[i], shift);
        }
    }
}
