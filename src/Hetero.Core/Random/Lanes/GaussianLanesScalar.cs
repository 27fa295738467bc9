using System.Runtime.CompilerServices;

namespace Hetero.Core.Random.Lanes;

/// <summary>The bit-level steps of the Box–Muller transform for one element.</summary>
internal readonly struct GaussianLanesScalar<T> : IGaussianLanes<T, T, ulong>
    where T : unmanaged
{
    public static int Parts => typeof(T) == typeof(double) ? 1 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map(
        ulong x0, ulong x1, ulong x2, ulong x3, int part, out T uniform, out T angle, out T swap, out T negate)
    {
        if (typeof(T) == typeof(double))
        {
            double tail = Math.FusedMultiplyAdd((double)(uint)x1, FloatBits.DoubleTwoTo64Inverse, FloatBits.DoubleTwoTo65Inverse);
            uniform = Of(Math.FusedMultiplyAdd((double)(uint)x0, FloatBits.DoubleTwoTo32Inverse, tail));
            double fine = (double)(x3 & FloatBits.Low30) * FloatBits.DoubleTwoTo61Inverse;
            angle = Of(Math.FusedMultiplyAdd((double)(uint)x2 - 2147483648.0, FloatBits.DoubleTwoTo31Inverse, fine));
            swap = OfBits(x3 << 32);
            negate = OfBits(x3 << 33);
        }
        else
        {
            uint radiusWord = (uint)(part == 0 ? x0 : x2);
            uint angleWord = (uint)(part == 0 ? x1 : x3);
            uniform = Of(MathF.FusedMultiplyAdd((float)radiusWord, FloatBits.SingleTwoTo32Inverse, FloatBits.SingleTwoTo33Inverse));
            angle = Of((float)(int)(angleWord << 2) * FloatBits.SingleTwoTo31Inverse);
            swap = OfBits(angleWord);
            negate = OfBits(angleWord << 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(T x, out T exponent, out T mantissa)
    {
        if (typeof(T) == typeof(double))
        {
            ulong shifted = Bits64(x) + FloatBits.DoubleOffset;
            exponent = Of((double)(long)(shifted >> 52) - 1023.0);
            mantissa = OfBits((shifted & FloatBits.DoubleMantissa) + FloatBits.DoubleRootHalf);
        }
        else
        {
            uint shifted = Bits32(x) + FloatBits.SingleOffset;
            exponent = Of((float)(int)(shifted >> 23) - 127f);
            mantissa = OfBits((shifted & FloatBits.SingleMantissa) + FloatBits.SingleRootHalf);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Select(T sign, T whenSet, T whenClear)
        => (typeof(T) == typeof(double) ? (long)Bits64(sign) < 0 : (int)Bits32(sign) < 0) ? whenSet : whenClear;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FlipSign(T x, T sign) => typeof(T) == typeof(double)
        ? OfBits(Bits64(x) ^ (Bits64(sign) & (1ul << 63)))
        : OfBits(Bits32(x) ^ (Bits32(sign) & (1u << 31)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Of<TValue>(TValue value) => Unsafe.BitCast<TValue, T>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfBits(ulong bits) => Unsafe.BitCast<ulong, T>(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfBits(uint bits) => Unsafe.BitCast<uint, T>(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits64(T value) => Unsafe.BitCast<T, ulong>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits32(T value) => Unsafe.BitCast<T, uint>(value);
}
