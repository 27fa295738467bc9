using System.Runtime.CompilerServices;

namespace Hetero.Core.Random.Lanes;

/// <summary>One Philox block at a time.</summary>
internal readonly struct WordsScalar : IWords<ulong>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Create(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Ascending(ulong first) => first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyLowHalves(ulong x, ulong y) => (ulong)(uint)x * (uint)y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong HighHalves(ulong x) => x >> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Xor(ulong x, ulong y, ulong z) => x ^ y ^ z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Xor(ulong x, ulong y) => x ^ y;
}
