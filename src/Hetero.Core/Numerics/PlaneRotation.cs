using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Turns two vectors in the plane they span: x ← c·x − s·y, y ← s·x + c·y.</summary>
internal static unsafe class PlaneRotation
{
    /// <summary>Rotates on the widest path.</summary>
    public static void Apply<T>(Span<T> x, Span<T> y, T cosine, T sine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Apply<T, Simd512<T>, Vector512<T>>(x, y, cosine, sine);
        }
        else if (SimdPath.Is256)
        {
            Apply<T, Simd256<T>, Vector256<T>>(x, y, cosine, sine);
        }
        else if (SimdPath.Is128)
        {
            Apply<T, Simd128<T>, Vector128<T>>(x, y, cosine, sine);
        }
        else
        {
            Apply<T, Scalar<T>, T>(x, y, cosine, sine);
        }
    }

    /// <summary>Rotates. An element is one product and one fused multiply-add, in a register or in the tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<T, TSimd, TVector>(Span<T> x, Span<T> y, T cosine, T sine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector c = TSimd.Create(cosine);
        TVector s = TSimd.Create(sine);
        TVector minus = TSimd.Create(-sine);
        int length = Math.Min(x.Length, y.Length);
        fixed (T* xs = x, ys = y)
        {
            int i = 0;
            for (; i + TSimd.Count <= length; i += TSimd.Count)
            {
                TVector u = TSimd.Load(ref xs[i]);
                TVector v = TSimd.Load(ref ys[i]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, u, TSimd.Multiply(minus, v)), ref xs[i]);
                TSimd.Store(TSimd.FusedMultiplyAdd(c, v, TSimd.Multiply(s, u)), ref ys[i]);
            }

            for (; i < length; i++)
            {
                T u = xs[i];
                T v = ys[i];
                xs[i] = T.FusedMultiplyAdd(cosine, u, -sine * v);
                ys[i] = T.FusedMultiplyAdd(cosine, v, sine * u);
            }
        }
    }
}
