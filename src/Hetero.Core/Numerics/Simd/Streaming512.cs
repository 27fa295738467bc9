using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics.Simd;

/// <summary>
/// Registers of 512 bits whose stores are whole cache lines that go past the caches: a store that misses them would first read the line that it replaces. Places have to be aligned to a line, and
/// these stores are ordered with no others: <see cref="End"/> comes before another thread is told.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Streaming512<T> : ISimd<T, Vector512<T>>
    where T : unmanaged
{
    /// <summary>The bytes of a register, a cache line.</summary>
    public const int Bytes = 64;

    /// <summary>Gets whether there are such stores.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Sse.IsSupported;

    public static int Count => Simd512<T>.Count;

    public static int Registers => Simd512<T>.Registers;

    public static Vector512<T> Zero => Simd512<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Create(T value) => Simd512<T>.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref readonly T source) => Simd512<T>.Load(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Vector512<T> value, ref T destination) => value.StoreAlignedNonTemporal((T*)Unsafe.AsPointer(ref destination));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => Simd512<T>.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> x, Vector512<T> y) => Simd512<T>.Subtract(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => Simd512<T>.Multiply(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> x, Vector512<T> y) => Simd512<T>.Divide(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sqrt(Vector512<T> x) => Simd512<T>.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FusedMultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) => Simd512<T>.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SelectLess(Vector512<T> x, Vector512<T> y, Vector512<T> then, Vector512<T> otherwise) => Simd512<T>.SelectLess(x, y, then, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddHalves(Vector512<T> x) => Simd512<T>.AddHalves(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipLow(Vector512<T> x, Vector512<T> y) => Simd512<T>.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipHigh(Vector512<T> x, Vector512<T> y) => Simd512<T>.ZipHigh(x, y);

    /// <summary>Waits until what has been stored can be seen.</summary>
    public static void End()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
