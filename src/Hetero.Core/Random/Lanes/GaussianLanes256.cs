using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hetero.Core.Random.Lanes;

/// <summary>The bit-level steps of the Box–Muller transform on registers of 256 bits.</summary>
/// <remarks>The project file makes those of 128 and 512 bits from this text.</remarks>
internal readonly struct GaussianLanes256<T> : IGaussianLanes<T, Vector256<T>, Vector256<ulong>>
    where T : unmanaged
{
    public static int Parts => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map(
        Vector256<ulong> x0, Vector256<ulong> x1, Vector256<ulong> x2, Vector256<ulong> x3, int part,
        out Vector256<T> uniform, out Vector256<T> angle, out Vector256<T> swap, out Vector256<T> negate)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<double> high = Real(x0 & Vector256.Create(FloatBits.Low32), FloatBits.DoubleMagicValue);
            Vector256<double> low = Real(x1 & Vector256.Create(FloatBits.Low32), FloatBits.DoubleMagicValue);
            Vector256<double> tail = Vector256.FusedMultiplyAdd(
                low, Vector256.Create(FloatBits.DoubleTwoTo64Inverse), Vector256.Create(FloatBits.DoubleTwoTo65Inverse));
            uniform = Vector256.FusedMultiplyAdd(high, Vector256.Create(FloatBits.DoubleTwoTo32Inverse), tail).As<double, T>();

            Vector256<double> coarse = Real(x2 & Vector256.Create(FloatBits.Low32), FloatBits.DoubleAngleBias);
            Vector256<double> fine = Real(x3 & Vector256.Create(FloatBits.Low30), FloatBits.DoubleMagicValue);
            angle = Vector256.FusedMultiplyAdd(
                coarse, Vector256.Create(FloatBits.DoubleTwoTo31Inverse), fine * Vector256.Create(FloatBits.DoubleTwoTo61Inverse)).As<double, T>();
            swap = (x3 << 32).As<ulong, T>();
            negate = (x3 << 33).As<ulong, T>();
        }
        else
        {
            Vector256<uint> radiusWords = Pack(x0, x2);
            Vector256<uint> angleWords = Pack(x1, x3);
            uniform = Vector256.FusedMultiplyAdd(
                Vector256.ConvertToSingle(radiusWords),
                Vector256.Create(FloatBits.SingleTwoTo32Inverse),
                Vector256.Create(FloatBits.SingleTwoTo33Inverse)).As<float, T>();
            angle = (Vector256.ConvertToSingle((angleWords << 2).AsInt32()) * Vector256.Create(FloatBits.SingleTwoTo31Inverse)).As<float, T>();
            swap = angleWords.As<uint, T>();
            negate = (angleWords << 1).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(Vector256<T> x, out Vector256<T> exponent, out Vector256<T> mantissa)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<ulong> shifted = x.AsUInt64() + Vector256.Create(FloatBits.DoubleOffset);
            exponent = Real(shifted >>> 52, FloatBits.DoubleExponentBias).As<double, T>();
            mantissa = ((shifted & Vector256.Create(FloatBits.DoubleMantissa)) + Vector256.Create(FloatBits.DoubleRootHalf)).As<ulong, T>();
        }
        else
        {
            Vector256<uint> shifted = x.AsUInt32() + Vector256.Create(FloatBits.SingleOffset);
            exponent = (((shifted >>> 23) | Vector256.Create(FloatBits.SingleMagic)).AsSingle() - Vector256.Create(FloatBits.SingleExponentBias)).As<float, T>();
            mantissa = ((shifted & Vector256.Create(FloatBits.SingleMantissa)) + Vector256.Create(FloatBits.SingleRootHalf)).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select(Vector256<T> sign, Vector256<T> whenSet, Vector256<T> whenClear) => typeof(T) == typeof(double)
        ? Vector256.ConditionalSelect(Vector256.LessThan(sign.AsInt64(), Vector256<long>.Zero).As<long, T>(), whenSet, whenClear)
        : Vector256.ConditionalSelect(Vector256.LessThan(sign.AsInt32(), Vector256<int>.Zero).As<int, T>(), whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> FlipSign(Vector256<T> x, Vector256<T> sign) => typeof(T) == typeof(double)
        ? (x.AsUInt64() ^ (sign.AsUInt64() & Vector256.Create(1ul << 63))).As<ulong, T>()
        : (x.AsUInt32() ^ (sign.AsUInt32() & Vector256.Create(1u << 31))).As<uint, T>();

    /// <summary>Converts integers below 2^52 to numbers and subtracts a bias that contains the 2^52 of the conversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Real(Vector256<ulong> integers, double bias)
        => (integers | Vector256.Create(FloatBits.DoubleMagic)).AsDouble() - Vector256.Create(bias);

    /// <summary>Interleaves words so that lanes 2b and 2b + 1 hold the words of block b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Pack(Vector256<ulong> even, Vector256<ulong> odd)
        => ((even & Vector256.Create(FloatBits.Low32)) | (odd << 32)).AsUInt32();
}
