using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Random.Lanes;

/// <summary>Eight Philox blocks side by side.</summary>
internal readonly struct Words512 : IWords<Vector512<ulong>>
{
    public static int Count => Vector512<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Create(ulong value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Ascending(ulong first) => Vector512.Create(first) + Vector512<ulong>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> MultiplyLowHalves(Vector512<ulong> x, Vector512<ulong> y) => Avx512F.IsSupported
        ? Avx512F.Multiply(x.AsUInt32(), y.AsUInt32())
        : (x & Vector512.Create(0xFFFF_FFFFul)) * (y & Vector512.Create(0xFFFF_FFFFul));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> HighHalves(Vector512<ulong> x) => x >>> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> x, Vector512<ulong> y, Vector512<ulong> z) => x ^ y ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> x, Vector512<ulong> y) => x ^ y;
}
