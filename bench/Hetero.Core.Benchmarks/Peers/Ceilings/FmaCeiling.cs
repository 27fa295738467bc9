using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers.Ceilings;

/// <summary>The most multiply-adds a core can do: independent chains in registers, no memory. The ceiling of every product.</summary>
internal static class FmaCeiling
{
    // Two units with a latency of four or five need ten chains; with the two factors twelve fit the sixteen registers of AVX2.
    private const int Chains = 12;
    private const int Iterations = 200_000;

    /// <summary>The additions and multiplications of one run.</summary>
    public static double Flops<T>() => 2.0 * Chains * Iterations * (SimdPath.Is512 ? Vector512<T>.Count : Vector256<T>.Count);

    /// <summary>Runs the chains; the result keeps them from being dropped.</summary>
    public static T Run<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => SimdPath.Is512
            ? Run<T, Simd512<T>, Vector512<T>>().ToScalar()
            : Run<T, Simd256<T>, Vector256<T>>().ToScalar();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static TVector Run<T, TSimd, TVector>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        // Every chain tends to addend/(1 − factor), a normal number: denormal ones and infinities may take longer.
        TVector factor = TSimd.Create(T.CreateTruncating(0.75)), addend = TSimd.Create(T.One);
        TVector c0 = addend, c1 = addend, c2 = addend, c3 = addend, c4 = addend, c5 = addend;
        TVector c6 = addend, c7 = addend, c8 = addend, c9 = addend, c10 = addend, c11 = addend;
        for (int i = 0; i < Iterations; i++)
        {
            c0 = TSimd.FusedMultiplyAdd(c0, factor, addend);
            c1 = TSimd.FusedMultiplyAdd(c1, factor, addend);
            c2 = TSimd.FusedMultiplyAdd(c2, factor, addend);
            c3 = TSimd.FusedMultiplyAdd(c3, factor, addend);
            c4 = TSimd.FusedMultiplyAdd(c4, factor, addend);
            c5 = TSimd.FusedMultiplyAdd(c5, factor, addend);
            c6 = TSimd.FusedMultiplyAdd(c6, factor, addend);
            c7 = TSimd.FusedMultiplyAdd(c7, factor, addend);
            c8 = TSimd.FusedMultiplyAdd(c8, factor, addend);
            c9 = TSimd.FusedMultiplyAdd(c9, factor, addend);
            c10 = TSimd.FusedMultiplyAdd(c10, factor, addend);
            c11 = TSimd.FusedMultiplyAdd(c11, factor, addend);
        }

        TVector even = TSimd.Add(TSimd.Add(TSimd.Add(c0, c2), TSimd.Add(c4, c6)), TSimd.Add(c8, c10));
        TVector odd = TSimd.Add(TSimd.Add(TSimd.Add(c1, c3), TSimd.Add(c5, c7)), TSimd.Add(c9, c11));
        return TSimd.Add(even, odd);
    }
}
