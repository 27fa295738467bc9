using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The dot product of one block, in an order of operations that no register width can change: lane l of
/// 4×512 bits is one chain of fused multiply-adds over the elements i ≡ l, ascending from +0; then the upper half of the lanes is
/// added to the lower half until one lane is left.
/// </summary>
internal static unsafe class DotKernel
{
    /// <summary>The elements of a block. Two blocks of doubles take 512 KiB, which a second-level cache of today holds.</summary>
    public const int BlockLength = 1 << 15;

    /// <summary>The bytes of all lanes.</summary>
    public const int LaneBytes = 4 * 64;

    /// <summary>Adds up x·y over one block on the widest path.</summary>
    public static T Block<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => SimdPath.Is512 ? Block<T, Simd512<T>, System.Runtime.Intrinsics.Vector512<T>>(x, y)
            : SimdPath.Is256 ? Block<T, Simd256<T>, System.Runtime.Intrinsics.Vector256<T>>(x, y)
            : SimdPath.Is128 ? Block<T, Simd128<T>, System.Runtime.Intrinsics.Vector128<T>>(x, y)
            : Block<T, Scalar<T>, T>(x, y);

    /// <summary>Adds up x·y over one block.</summary>
    /// <remarks>
    /// Register budget: 4 accumulators at 512 bits, 8 at 256, and one register for the operand that no instruction reads from memory.
    /// Narrower registers would need 16 accumulators or more; they cover the lanes in several passes of 8 instead. A pass of 8 reads
    /// at least 64 adjacent bytes (32 for scalar floats), so a cache line is hardly ever fetched twice.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    internal static T Block<T, TSimd, TVector>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int lanes = LaneBytes / sizeof(T);
        int pass = Math.Min(8 * TSimd.Count, lanes);
        T* sums = stackalloc T[LaneBytes / sizeof(T)];
        nint length = Math.Min(x.Length, y.Length);
        nint whole = length - (length % lanes);
        fixed (T* xs = x, ys = y)
        {
            for (int lane = 0; lane < lanes; lane += pass)
            {
                TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
                TVector s4 = TSimd.Zero, s5 = TSimd.Zero, s6 = TSimd.Zero, s7 = TSimd.Zero;
                for (nint i = lane; i < whole; i += lanes)
                {
                    T* p = xs + i;
                    T* q = ys + i;
                    s0 = MultiplyAdd<T, TSimd, TVector>(p, q, 0, s0);
                    s1 = MultiplyAdd<T, TSimd, TVector>(p, q, 1, s1);
                    s2 = MultiplyAdd<T, TSimd, TVector>(p, q, 2, s2);
                    s3 = MultiplyAdd<T, TSimd, TVector>(p, q, 3, s3);
                    if (TSimd.Count * sizeof(T) < 64)
                    {
                        s4 = MultiplyAdd<T, TSimd, TVector>(p, q, 4, s4);
                        s5 = MultiplyAdd<T, TSimd, TVector>(p, q, 5, s5);
                        s6 = MultiplyAdd<T, TSimd, TVector>(p, q, 6, s6);
                        s7 = MultiplyAdd<T, TSimd, TVector>(p, q, 7, s7);
                    }
                }

                if (TSimd.Count * sizeof(T) == 64)
                {
                    return FinishInRegisters<T, TSimd, TVector>(xs + whole, ys + whole, length - whole, s0, s1, s2, s3, sums);
                }

                T* d = sums + lane;
                TSimd.Store(s0, ref d[0]);
                TSimd.Store(s1, ref d[TSimd.Count]);
                TSimd.Store(s2, ref d[2 * TSimd.Count]);
                TSimd.Store(s3, ref d[3 * TSimd.Count]);
                if (TSimd.Count * sizeof(T) < 64)
                {
                    TSimd.Store(s4, ref d[4 * TSimd.Count]);
                    TSimd.Store(s5, ref d[5 * TSimd.Count]);
                    TSimd.Store(s6, ref d[6 * TSimd.Count]);
                    TSimd.Store(s7, ref d[7 * TSimd.Count]);
                }
            }

            return Finish<T, TSimd, TVector>(xs, ys, whole, length, sums);
        }
    }

    /// <summary>What <see cref="Finish"/> does, with the lanes in four registers: of short vectors, writing them to memory and reading them again takes longer than adding up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FinishInRegisters<T, TSimd, TVector>(T* xs, T* ys, nint length, TVector s0, TVector s1, TVector s2, TVector s3, T* memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int registers = (int)(length / TSimd.Count);
        s0 = registers > 0 ? MultiplyAdd<T, TSimd, TVector>(xs, ys, 0, s0) : s0;
        s1 = registers > 1 ? MultiplyAdd<T, TSimd, TVector>(xs, ys, 1, s1) : s1;
        s2 = registers > 2 ? MultiplyAdd<T, TSimd, TVector>(xs, ys, 2, s2) : s2;
        nint first = registers * TSimd.Count;
        if (first < length)
        {
            // The rest belongs to lanes of one register.
            TSimd.Store(registers == 0 ? s0 : registers == 1 ? s1 : registers == 2 ? s2 : s3, ref memory[0]);
            for (nint i = first; i < length; i++)
            {
                memory[i - first] = T.FusedMultiplyAdd(xs[i], ys[i], memory[i - first]);
            }

            TVector rest = TSimd.Load(ref memory[0]);
            s0 = registers == 0 ? rest : s0;
            s1 = registers == 1 ? rest : s1;
            s2 = registers == 2 ? rest : s2;
            s3 = registers == 3 ? rest : s3;
        }

        return TSimd.AddHalves(TSimd.Add(TSimd.Add(s0, s2), TSimd.Add(s1, s3)));
    }

    /// <summary>Adds the elements after the last whole group of lanes to their lanes, then the lanes to one another.</summary>
    /// <param name="xs">The first vector.</param>
    /// <param name="ys">The second vector.</param>
    /// <param name="whole">The number of elements already in the sums.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="sums">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Finish<T, TSimd, TVector>(T* xs, T* ys, nint whole, nint length, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint tail = whole;
        for (; tail + TSimd.Count <= length; tail += TSimd.Count)
        {
            T* d = sums + (tail - whole);
            TSimd.Store(MultiplyAdd<T, TSimd, TVector>(xs + tail, ys + tail, 0, TSimd.Load(ref d[0])), ref d[0]);
        }

        for (; tail < length; tail++)
        {
            sums[tail - whole] = T.FusedMultiplyAdd(xs[tail], ys[tail], sums[tail - whole]);
        }

        return AddLanes<T, TSimd, TVector>(sums);
    }

    /// <summary>Adds up the lanes of a block: the upper half to the lower half until one lane is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddLanes<T, TSimd, TVector>(T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        for (int half = LaneBytes / sizeof(T) / 2; half >= TSimd.Count; half /= 2)
        {
            for (int lane = 0; lane < half; lane += TSimd.Count)
            {
                TSimd.Store(TSimd.Add(TSimd.Load(ref sums[lane]), TSimd.Load(ref sums[lane + half])), ref sums[lane]);
            }
        }

        return TSimd.AddHalves(TSimd.Load(ref sums[0]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyAdd<T, TSimd, TVector>(T* x, T* y, int register, TVector sum)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        => TSimd.FusedMultiplyAdd(TSimd.Load(ref x[register * TSimd.Count]), TSimd.Load(ref y[register * TSimd.Count]), sum);
}
