using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Random.Lanes;

/// <summary>Four Philox blocks side by side.</summary>
internal readonly struct Words256 : IWords<Vector256<ulong>>
{
    public static int Count => Vector256<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Create(ulong value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Ascending(ulong first) => Vector256.Create(first) + Vector256<ulong>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> MultiplyLowHalves(Vector256<ulong> x, Vector256<ulong> y) => Avx2.IsSupported
        ? Avx2.Multiply(x.AsUInt32(), y.AsUInt32())
        : (x & Vector256.Create(0xFFFF_FFFFul)) * (y & Vector256.Create(0xFFFF_FFFFul));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> HighHalves(Vector256<ulong> x) => x >>> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> x, Vector256<ulong> y, Vector256<ulong> z) => x ^ y ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> x, Vector256<ulong> y) => x ^ y;
}
