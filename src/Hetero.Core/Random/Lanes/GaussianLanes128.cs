using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hetero.Core.Random.Lanes;

/// <summary>The bit-level steps of the Box–Muller transform on registers of 128 bits.</summary>
internal readonly struct GaussianLanes128<T> : IGaussianLanes<T, Vector128<T>, Vector128<ulong>>
    where T : unmanaged
{
    public static int Parts => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map(
        Vector128<ulong> x0, Vector128<ulong> x1, Vector128<ulong> x2, Vector128<ulong> x3, int part,
        out Vector128<T> uniform, out Vector128<T> angle, out Vector128<T> swap, out Vector128<T> negate)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<double> high = Real(x0 & Vector128.Create(FloatBits.Low32), FloatBits.DoubleMagicValue);
            Vector128<double> low = Real(x1 & Vector128.Create(FloatBits.Low32), FloatBits.DoubleMagicValue);
            Vector128<double> tail = Vector128.FusedMultiplyAdd(
                low, Vector128.Create(FloatBits.DoubleTwoTo64Inverse), Vector128.Create(FloatBits.DoubleTwoTo65Inverse));
            uniform = Vector128.FusedMultiplyAdd(high, Vector128.Create(FloatBits.DoubleTwoTo32Inverse), tail).As<double, T>();

            Vector128<double> coarse = Real(x2 & Vector128.Create(FloatBits.Low32), FloatBits.DoubleAngleBias);
            Vector128<double> fine = Real(x3 & Vector128.Create(FloatBits.Low30), FloatBits.DoubleMagicValue);
            angle = Vector128.FusedMultiplyAdd(
                coarse, Vector128.Create(FloatBits.DoubleTwoTo31Inverse), fine * Vector128.Create(FloatBits.DoubleTwoTo61Inverse)).As<double, T>();
            swap = (x3 << 32).As<ulong, T>();
            negate = (x3 << 33).As<ulong, T>();
        }
        else
        {
            Vector128<uint> radiusWords = Pack(x0, x2);
            Vector128<uint> angleWords = Pack(x1, x3);
            uniform = Vector128.FusedMultiplyAdd(
                Vector128.ConvertToSingle(radiusWords),
                Vector128.Create(FloatBits.SingleTwoTo32Inverse),
                Vector128.Create(FloatBits.SingleTwoTo33Inverse)).As<float, T>();
            angle = (Vector128.ConvertToSingle((angleWords << 2).AsInt32()) * Vector128.Create(FloatBits.SingleTwoTo31Inverse)).As<float, T>();
            swap = angleWords.As<uint, T>();
            negate = (angleWords << 1).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(Vector128<T> x, out Vector128<T> exponent, out Vector128<T> mantissa)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<ulong> shifted = x.AsUInt64() + Vector128.Create(FloatBits.DoubleOffset);
            exponent = Real(shifted >>> 52, FloatBits.DoubleExponentBias).As<double, T>();
            mantissa = ((shifted & Vector128.Create(FloatBits.DoubleMantissa)) + Vector128.Create(FloatBits.DoubleRootHalf)).As<ulong, T>();
        }
        else
        {
            Vector128<uint> shifted = x.AsUInt32() + Vector128.Create(FloatBits.SingleOffset);
            exponent = (((shifted >>> 23) | Vector128.Create(FloatBits.SingleMagic)).AsSingle() - Vector128.Create(FloatBits.SingleExponentBias)).As<float, T>();
            mantissa = ((shifted & Vector128.Create(FloatBits.SingleMantissa)) + Vector128.Create(FloatBits.SingleRootHalf)).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select(Vector128<T> sign, Vector128<T> whenSet, Vector128<T> whenClear) => typeof(T) == typeof(double)
        ? Vector128.ConditionalSelect(Vector128.LessThan(sign.AsInt64(), Vector128<long>.Zero).As<long, T>(), whenSet, whenClear)
        : Vector128.ConditionalSelect(Vector128.LessThan(sign.AsInt32(), Vector128<int>.Zero).As<int, T>(), whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> FlipSign(Vector128<T> x, Vector128<T> sign) => typeof(T) == typeof(double)
        ? (x.AsUInt64() ^ (sign.AsUInt64() & Vector128.Create(1ul << 63))).As<ulong, T>()
        : (x.AsUInt32() ^ (sign.AsUInt32() & Vector128.Create(1u << 31))).As<uint, T>();

    /// <summary>Converts integers below 2^52 to numbers and subtracts a bias that contains the 2^52 of the conversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Real(Vector128<ulong> integers, double bias)
        => (integers | Vector128.Create(FloatBits.DoubleMagic)).AsDouble() - Vector128.Create(bias);

    /// <summary>Interleaves words so that lanes 2b and 2b + 1 hold the words of block b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Pack(Vector128<ulong> even, Vector128<ulong> odd)
        => ((even & Vector128.Create(FloatBits.Low32)) | (odd << 32)).AsUInt32();
}
