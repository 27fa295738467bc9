namespace Hetero.Core.Random.Lanes;

/// <summary>
/// The bit-level steps of the Box–Muller transform that differ between element types and widths: from Philox words to a uniform, an
/// angle and two choice bits. See <see cref="BoxMuller"/> for what they mean and <see cref="RandomStream"/> for the layout.
/// </summary>
internal interface IGaussianLanes<T, TVector, TWords>
    where T : unmanaged
    where TVector : unmanaged
    where TWords : unmanaged
{
    /// <summary>
    /// Gets how many registers of pairs the words give: 1, except for a scalar float, where the two pairs of a block come one by one.
    /// </summary>
    static abstract int Parts { get; }

    /// <summary>Maps words to the inputs of the transform.</summary>
    /// <param name="x0">The blocks' first words.</param>
    /// <param name="x1">The blocks' second words.</param>
    /// <param name="x2">The blocks' third words.</param>
    /// <param name="x3">The blocks' fourth words.</param>
    /// <param name="part">Which register of pairs.</param>
    /// <param name="uniform">The uniform number in (0, 1] that gives the radius.</param>
    /// <param name="angle">The angle in [−1, 1], in units of π/4.</param>
    /// <param name="swap">A sign bit in each lane: set if cosine and sine change places.</param>
    /// <param name="negate">A sign bit in each lane: set if the cosine changes sign.</param>
    static abstract void Map(
        TWords x0, TWords x1, TWords x2, TWords x3, int part, out TVector uniform, out TVector angle, out TVector swap, out TVector negate);

    /// <summary>Splits a positive normal number as 2^exponent·mantissa with mantissa in [√½, √2).</summary>
    static abstract void Split(TVector x, out TVector exponent, out TVector mantissa);

    /// <summary>Returns, lane by lane, <paramref name="whenSet"/> where the sign bit is set and <paramref name="whenClear"/> elsewhere.</summary>
    static abstract TVector Select(TVector sign, TVector whenSet, TVector whenClear);

    /// <summary>Flips the sign of <paramref name="x"/> where the sign bit of <paramref name="sign"/> is set.</summary>
    static abstract TVector FlipSign(TVector x, TVector sign);
}
