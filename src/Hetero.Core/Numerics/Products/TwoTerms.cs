using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>y ← (y + α·a) + β·b in one pass, two fused multiply-adds an entry: the bits of two passes. Thread-safe: no state.</summary>
internal static unsafe class TwoTerms
{
    /// <summary>Adds both terms.</summary>
    /// <param name="a">a.</param>
    /// <param name="alpha">α.</param>
    /// <param name="b">b, as long.</param>
    /// <param name="beta">β.</param>
    /// <param name="destination">y, as long; shares no memory with a and b.</param>
    public static void Add<T>(ReadOnlySpan<T> a, T alpha, ReadOnlySpan<T> b, T beta, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(a.Length, destination.Length, nameof(a));
        Guard.Length(b.Length, destination.Length, nameof(b));
        if (SimdPath.Is512)
        {
            Add<T, Simd512<T>, Vector512<T>>(a, alpha, b, beta, destination);
        }
        else if (SimdPath.Is256)
        {
            Add<T, Simd256<T>, Vector256<T>>(a, alpha, b, beta, destination);
        }
        else if (SimdPath.Is128)
        {
            Add<T, Simd128<T>, Vector128<T>>(a, alpha, b, beta, destination);
        }
        else
        {
            Add<T, Scalar<T>, T>(a, alpha, b, beta, destination);
        }
    }

    /// <summary>One path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<T, TSimd, TVector>(ReadOnlySpan<T> a, T alpha, ReadOnlySpan<T> b, T beta, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector first = TSimd.Create(alpha), second = TSimd.Create(beta);
        fixed (T* x = a, z = b, y = destination)
        {
            nint i = 0, length = destination.Length;
            for (; i + TSimd.Count <= length; i += TSimd.Count)
            {
                TVector sum = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[i]), first, TSimd.Load(ref y[i]));
                TSimd.Store(TSimd.FusedMultiplyAdd(TSimd.Load(ref z[i]), second, sum), ref y[i]);
            }

            for (; i < length; i++)
            {
                y[i] = T.FusedMultiplyAdd(z[i], beta, T.FusedMultiplyAdd(x[i], alpha, y[i]));
            }
        }
    }
}
