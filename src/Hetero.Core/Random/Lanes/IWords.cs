namespace Hetero.Core.Random.Lanes;

/// <summary>
/// A register of 64-bit lanes, each with a 32-bit word of one Philox block in its low half. One widening multiply then serves a word,
/// and its high half is a shift away; nobody cleans the high halves between rounds, because the multiply does not read them.
/// </summary>
internal interface IWords<TWords>
    where TWords : unmanaged
{
    /// <summary>Gets the number of lanes: the blocks computed side by side. A power of two, at most 8.</summary>
    static abstract int Count { get; }

    /// <summary>Returns <paramref name="value"/> in every lane.</summary>
    static abstract TWords Create(ulong value);

    /// <summary>Returns first, first + 1, first + 2, … .</summary>
    static abstract TWords Ascending(ulong first);

    /// <summary>Returns the 64-bit products of the low halves.</summary>
    static abstract TWords MultiplyLowHalves(TWords x, TWords y);

    /// <summary>Returns the high halves, moved to the low halves.</summary>
    static abstract TWords HighHalves(TWords x);

    /// <summary>Returns x ⊕ y ⊕ z.</summary>
    static abstract TWords Xor(TWords x, TWords y, TWords z);

    /// <summary>Returns x ⊕ y.</summary>
    static abstract TWords Xor(TWords x, TWords y);
}
