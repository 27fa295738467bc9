using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hetero.Core.Random.Lanes;

/// <summary>The bit-level steps of the Box–Muller transform on registers of 512 bits.</summary>
internal readonly struct GaussianLanes512<T> : IGaussianLanes<T, Vector512<T>, Vector512<ulong>>
    where T : unmanaged
{
    public static int Parts => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map(
        Vector512<ulong> x0, Vector512<ulong> x1, Vector512<ulong> x2, Vector512<ulong> x3, int part,
        out Vector512<T> uniform, out Vector512<T> angle, out Vector512<T> swap, out Vector512<T> negate)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512<double> high = Real(x0 & Vector512.Create(FloatBits.Low32), FloatBits.DoubleMagicValue);
            Vector512<double> low = Real(x1 & Vector512.Create(FloatBits.Low32), FloatBits.DoubleMagicValue);
            Vector512<double> tail = Vector512.FusedMultiplyAdd(
                low, Vector512.Create(FloatBits.DoubleTwoTo64Inverse), Vector512.Create(FloatBits.DoubleTwoTo65Inverse));
            uniform = Vector512.FusedMultiplyAdd(high, Vector512.Create(FloatBits.DoubleTwoTo32Inverse), tail).As<double, T>();

            Vector512<double> coarse = Real(x2 & Vector512.Create(FloatBits.Low32), FloatBits.DoubleAngleBias);
            Vector512<double> fine = Real(x3 & Vector512.Create(FloatBits.Low30), FloatBits.DoubleMagicValue);
            angle = Vector512.FusedMultiplyAdd(
                coarse, Vector512.Create(FloatBits.DoubleTwoTo31Inverse), fine * Vector512.Create(FloatBits.DoubleTwoTo61Inverse)).As<double, T>();
            swap = (x3 << 32).As<ulong, T>();
            negate = (x3 << 33).As<ulong, T>();
        }
        else
        {
            Vector512<uint> radiusWords = Pack(x0, x2);
            Vector512<uint> angleWords = Pack(x1, x3);
            uniform = Vector512.FusedMultiplyAdd(
                Vector512.ConvertToSingle(radiusWords),
                Vector512.Create(FloatBits.SingleTwoTo32Inverse),
                Vector512.Create(FloatBits.SingleTwoTo33Inverse)).As<float, T>();
            angle = (Vector512.ConvertToSingle((angleWords << 2).AsInt32()) * Vector512.Create(FloatBits.SingleTwoTo31Inverse)).As<float, T>();
            swap = angleWords.As<uint, T>();
            negate = (angleWords << 1).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(Vector512<T> x, out Vector512<T> exponent, out Vector512<T> mantissa)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512<ulong> shifted = x.AsUInt64() + Vector512.Create(FloatBits.DoubleOffset);
            exponent = Real(shifted >>> 52, FloatBits.DoubleExponentBias).As<double, T>();
            mantissa = ((shifted & Vector512.Create(FloatBits.DoubleMantissa)) + Vector512.Create(FloatBits.DoubleRootHalf)).As<ulong, T>();
        }
        else
        {
            Vector512<uint> shifted = x.AsUInt32() + Vector512.Create(FloatBits.SingleOffset);
            exponent = (((shifted >>> 23) | Vector512.Create(FloatBits.SingleMagic)).AsSingle() - Vector512.Create(FloatBits.SingleExponentBias)).As<float, T>();
            mantissa = ((shifted & Vector512.Create(FloatBits.SingleMantissa)) + Vector512.Create(FloatBits.SingleRootHalf)).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Select(Vector512<T> sign, Vector512<T> whenSet, Vector512<T> whenClear) => typeof(T) == typeof(double)
        ? Vector512.ConditionalSelect(Vector512.LessThan(sign.AsInt64(), Vector512<long>.Zero).As<long, T>(), whenSet, whenClear)
        : Vector512.ConditionalSelect(Vector512.LessThan(sign.AsInt32(), Vector512<int>.Zero).As<int, T>(), whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FlipSign(Vector512<T> x, Vector512<T> sign) => typeof(T) == typeof(double)
        ? (x.AsUInt64() ^ (sign.AsUInt64() & Vector512.Create(1ul << 63))).As<ulong, T>()
        : (x.AsUInt32() ^ (sign.AsUInt32() & Vector512.Create(1u << 31))).As<uint, T>();

    /// <summary>Converts integers below 2^52 to numbers and subtracts a bias that contains the 2^52 of the conversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Real(Vector512<ulong> integers, double bias)
        => (integers | Vector512.Create(FloatBits.DoubleMagic)).AsDouble() - Vector512.Create(bias);

    /// <summary>Interleaves words so that lanes 2b and 2b + 1 hold the words of block b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Pack(Vector512<ulong> even, Vector512<ulong> odd)
        => ((even & Vector512.Create(FloatBits.Low32)) | (odd << 32)).AsUInt32();
}
