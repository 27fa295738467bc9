using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics.Simd;

/// <summary>Registers of 128 bits: the path of Arm64; on x64 it has no fused multiply-add and serves tests alone.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Simd128<T> : ISimd<T, Vector128<T>>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static int Registers => AdvSimd.IsSupported ? 32 : 16;

    public static Vector128<T> Zero => Vector128<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Create(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref readonly T source) => Vector128.LoadUnsafe(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref T destination) => value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> x, Vector128<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Sqrt(Vector128<T> x) => Vector128.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> FusedMultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) => typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SelectLess(Vector128<T> x, Vector128<T> y, Vector128<T> then, Vector128<T> otherwise)
        => Vector128.ConditionalSelect(Vector128.LessThan(x, y), then, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddHalves(Vector128<T> x)
    {
        if (typeof(T) == typeof(double))
        {
            Vector128<double> pair = x.AsDouble();
            return Vector128.CreateScalarUnsafe(pair[0] + pair[1]).As<double, T>().ToScalar();
        }

        Vector128<float> four = x.AsSingle();
        return Vector128.CreateScalarUnsafe((four[0] + four[2]) + (four[1] + four[3])).As<float, T>().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipLow(Vector128<T> x, Vector128<T> y)
    {
        if (typeof(T) == typeof(double))
        {
            return Vector128.Create(x.GetLower(), y.GetLower());
        }

        Vector128<float> p = x.AsSingle(), q = y.AsSingle();
        return (Sse.IsSupported ? Sse.UnpackLow(p, q)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(p, q)
            : Vector128.Create(p[0], q[0], p[1], q[1])).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipHigh(Vector128<T> x, Vector128<T> y)
    {
        if (typeof(T) == typeof(double))
        {
            return Vector128.Create(x.GetUpper(), y.GetUpper());
        }

        Vector128<float> p = x.AsSingle(), q = y.AsSingle();
        return (Sse.IsSupported ? Sse.UnpackHigh(p, q)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(p, q)
            : Vector128.Create(p[2], q[2], p[3], q[3])).As<float, T>();
    }
}
