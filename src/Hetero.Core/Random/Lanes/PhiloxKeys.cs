using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Random.Lanes;

/// <summary>The ten pairs of round keys, spread over the lanes once for a whole fill.</summary>
internal struct PhiloxKeys<TWords>
    where TWords : unmanaged
{
    private Pairs _pairs;

    public static PhiloxKeys<TWords> Create<TLanes>(ulong key)
        where TLanes : struct, IWords<TWords>
    {
        PhiloxKeys<TWords> keys = default;
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < PhiloxConstants.Rounds; round++)
        {
            keys._pairs[2 * round] = TLanes.Create(key0);
            keys._pairs[(2 * round) + 1] = TLanes.Create(key1);
            key0 += PhiloxConstants.Weyl0;
            key1 += PhiloxConstants.Weyl1;
        }

        return keys;
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
