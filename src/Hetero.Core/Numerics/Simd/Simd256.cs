using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics.Simd;

/// <summary>Registers of 256 bits.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Simd256<T> : ISimd<T, Vector256<T>>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static int Registers => 16;

    public static Vector256<T> Zero => Vector256<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Create(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref readonly T source) => Vector256.LoadUnsafe(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, ref T destination) => value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> x, Vector256<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> x, Vector256<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sqrt(Vector256<T> x) => Vector256.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> FusedMultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SelectLess(Vector256<T> x, Vector256<T> y, Vector256<T> then, Vector256<T> otherwise)
        => Vector256.ConditionalSelect(Vector256.LessThan(x, y), then, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddHalves(Vector256<T> x) => Simd128<T>.AddHalves(x.GetLower() + x.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipLow(Vector256<T> x, Vector256<T> y)
    {
        if (!Avx.IsSupported)
        {
            Vector128<T> p = x.GetLower(), q = y.GetLower();
            return Vector256.Create(Simd128<T>.ZipLow(p, q), Simd128<T>.ZipHigh(p, q));
        }

        if (typeof(T) == typeof(double))
        {
            Vector256<double> p = x.AsDouble(), q = y.AsDouble();
            return Avx.Permute2x128(Avx.UnpackLow(p, q), Avx.UnpackHigh(p, q), 0x20).As<double, T>();
        }
        else
        {
            Vector256<float> p = x.AsSingle(), q = y.AsSingle();
            return Avx.Permute2x128(Avx.UnpackLow(p, q), Avx.UnpackHigh(p, q), 0x20).As<float, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipHigh(Vector256<T> x, Vector256<T> y)
    {
        if (!Avx.IsSupported)
        {
            Vector128<T> p = x.GetUpper(), q = y.GetUpper();
            return Vector256.Create(Simd128<T>.ZipLow(p, q), Simd128<T>.ZipHigh(p, q));
        }

        if (typeof(T) == typeof(double))
        {
            Vector256<double> p = x.AsDouble(), q = y.AsDouble();
            return Avx.Permute2x128(Avx.UnpackLow(p, q), Avx.UnpackHigh(p, q), 0x31).As<double, T>();
        }
        else
        {
            Vector256<float> p = x.AsSingle(), q = y.AsSingle();
            return Avx.Permute2x128(Avx.UnpackLow(p, q), Avx.UnpackHigh(p, q), 0x31).As<float, T>();
        }
    }
}
