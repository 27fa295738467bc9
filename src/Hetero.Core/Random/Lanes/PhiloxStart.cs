using System.Runtime.CompilerServices;

namespace Hetero.Core.Random.Lanes;

/// <summary>
/// The first two rounds for counters that differ in their lowest word alone. Half of the words in these rounds are the same for all blocks of
/// a fill: they are computed once, which leaves two multiplications instead of four.
/// </summary>
/// <remarks>
/// With counter words (x, h, s, n), keys (k0, k1) and (l0, l1): after round 1 the words are A = hi(M1·s) ⊕ h ⊕ k0, B = lo(M1·s),
/// u = hi(M0·x) ⊕ n ⊕ k1 and v = lo(M0·x); after round 2 they are hi(M1·u) ⊕ B ⊕ l0, lo(M1·u), hi(M0·A) ⊕ v ⊕ l1 and lo(M0·A).
/// </remarks>
internal struct PhiloxStart<TWords>
    where TWords : unmanaged
{
    private TWords _nameKey;
    private TWords _first;
    private TWords _third;
    private TWords _fourth;

    public static PhiloxStart<TWords> Create<TLanes>(uint high, uint step, uint name, ulong key)
        where TLanes : struct, IWords<TWords>
    {
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        ulong product1 = (ulong)step * PhiloxConstants.Multiplier1;
        ulong product0 = (ulong)((uint)(product1 >> 32) ^ high ^ key0) * PhiloxConstants.Multiplier0;
        return new PhiloxStart<TWords>
        {
            _nameKey = TLanes.Create(name ^ key1),
            _first = TLanes.Create((uint)product1 ^ (key0 + PhiloxConstants.Weyl0)),
            _third = TLanes.Create((uint)(product0 >> 32) ^ (key1 + PhiloxConstants.Weyl1)),
            _fourth = TLanes.Create((uint)product0),
        };
    }

    /// <summary>Turns lowest counter words into the four words after two rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Apply<TLanes>(TWords lowest, out TWords x0, out TWords x1, out TWords x2, out TWords x3)
        where TLanes : struct, IWords<TWords>
    {
        TWords product0 = TLanes.MultiplyLowHalves(lowest, TLanes.Create(PhiloxConstants.Multiplier0));
        TWords product1 = TLanes.MultiplyLowHalves(
            TLanes.Xor(TLanes.HighHalves(product0), _nameKey), TLanes.Create(PhiloxConstants.Multiplier1));
        x0 = TLanes.Xor(TLanes.HighHalves(product1), _first);
        x1 = product1;
        x2 = TLanes.Xor(product0, _third);
        x3 = _fourth;
    }
}
