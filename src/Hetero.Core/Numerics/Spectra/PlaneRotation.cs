using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Turns two vectors in the plane they span by an angle φ: x ← cos φ·x − sin φ·y, y ← sin φ·x + cos φ·y.</summary>
/// <remarks>
/// With s = sin φ and τ = tan(φ/2), cos φ = 1 − s·τ, so that x ← x − s·(y + τ·x) and y ← y + s·(x − τ·y). That adds small corrections to
/// x and y when the angle is small: thousands of rotations do not let lengths drift, as a rounded cosine would.
/// </remarks>
internal static unsafe class PlaneRotation
{
    /// <summary>Rotates on the widest path.</summary>
    public static void Apply<T>(Span<T> x, Span<T> y, T sine, T halfTangent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Apply<T, Simd512<T>, Vector512<T>>(x, y, sine, halfTangent);
        }
        else if (SimdPath.Is256)
        {
            Apply<T, Simd256<T>, Vector256<T>>(x, y, sine, halfTangent);
        }
        else if (SimdPath.Is128)
        {
            Apply<T, Simd128<T>, Vector128<T>>(x, y, sine, halfTangent);
        }
        else
        {
            Apply<T, Scalar<T>, T>(x, y, sine, halfTangent);
        }
    }

    /// <summary>Rotates. An element is two fused multiply-adds, in a register or in the tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<T, TSimd, TVector>(Span<T> x, Span<T> y, T sine, T halfTangent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector s = TSimd.Create(sine);
        TVector minusS = TSimd.Create(-sine);
        TVector t = TSimd.Create(halfTangent);
        TVector minusT = TSimd.Create(-halfTangent);
        int length = Math.Min(x.Length, y.Length);
        fixed (T* xs = x, ys = y)
        {
            int i = 0;
            for (; i + TSimd.Count <= length; i += TSimd.Count)
            {
                TVector u = TSimd.Load(ref xs[i]);
                TVector v = TSimd.Load(ref ys[i]);
                TSimd.Store(TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, u, v), u), ref xs[i]);
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, v, u), v), ref ys[i]);
            }

            for (; i < length; i++)
            {
                T u = xs[i];
                T v = ys[i];
                xs[i] = T.FusedMultiplyAdd(-sine, T.FusedMultiplyAdd(halfTangent, u, v), u);
                ys[i] = T.FusedMultiplyAdd(sine, T.FusedMultiplyAdd(-halfTangent, v, u), v);
            }
        }
    }
}
