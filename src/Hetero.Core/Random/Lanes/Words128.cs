using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Hetero.Core.Random.Lanes;

/// <summary>Two Philox blocks side by side.</summary>
internal readonly struct Words128 : IWords<Vector128<ulong>>
{
    public static int Count => Vector128<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Create(ulong value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Ascending(ulong first) => Vector128.Create(first) + Vector128<ulong>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyLowHalves(Vector128<ulong> x, Vector128<ulong> y) => AdvSimd.IsSupported
        ? AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(x), AdvSimd.ExtractNarrowingLower(y))
        : (x & Vector128.Create(0xFFFF_FFFFul)) * (y & Vector128.Create(0xFFFF_FFFFul));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> HighHalves(Vector128<ulong> x) => x >>> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> x, Vector128<ulong> y, Vector128<ulong> z) => x ^ y ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> x, Vector128<ulong> y) => x ^ y;
}
