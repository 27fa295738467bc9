using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Random.Lanes;

/// <summary>The ten pairs of round keys, spread over the lanes once for a whole fill.</summary>
internal struct PhiloxKeys<TWords>
    where TWords : unmanaged
{
    private Pairs _pairs;

    /// <summary>Writes the keys in place: they are many registers, which a result would be copied from.</summary>
    [SkipLocalsInit]
    public static void Create<TLanes>(ulong key, out PhiloxKeys<TWords> keys)
        where TLanes : struct, IWords<TWords>
    {
        Unsafe.SkipInit(out keys);
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < PhiloxConstants.Rounds; round++)
        {
            keys._pairs[2 * round] = TLanes.Create(key0);
            keys._pairs[(2 * round) + 1] = TLanes.Create(key1);
            key0 += PhiloxConstants.Weyl0;
            key1 += PhiloxConstants.Weyl1;
        }
    }

    [UnscopedRef]
    public readonly ref readonly TWords this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.As<Pairs, TWords>(ref Unsafe.AsRef(in _pairs)), index);
    }

    [InlineArray(2 * PhiloxConstants.Rounds)]
    private struct Pairs
    {
        private TWords _first;
    }
}
