namespace Hetero.Core.Numerics.Simd;

/// <summary>
/// The operations a kernel may use on one register of elements, so that a kernel is written once and the JIT specialises it for
/// every width. All of them are correctly rounded IEEE 754 operations: whatever the width, a lane holds the same bits.
/// </summary>
/// <remarks>
/// <typeparamref name="TVector"/> is the raw register type rather than a wrapper around it: the JIT keeps raw vectors in registers
/// through inlined calls, and spills some wrapped ones.
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TVector">The register.</typeparam>
internal interface ISimd<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>Gets the number of elements in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Gets how many registers of this width the processor has: the budget of kernels that keep a tile in them.</summary>
    static abstract int Registers { get; }

    /// <summary>Returns a register whose elements are all +0.</summary>
    static abstract TVector Zero { get; }

    /// <summary>Returns a register whose elements are all <paramref name="value"/>.</summary>
    static abstract TVector Create(T value);

    /// <summary>Loads <see cref="Count"/> elements from <paramref name="source"/> on; no alignment is needed.</summary>
    static abstract TVector Load(ref readonly T source);

    /// <summary>Stores <see cref="Count"/> elements to <paramref name="destination"/> on; no alignment is needed.</summary>
    static abstract void Store(TVector value, ref T destination);

    /// <summary>Returns x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>Returns x − y.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary>Returns x·y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>Returns x / y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>Returns √x.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>Returns x·y + z, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>Returns, element by element, <paramref name="then"/> where x &lt; y, and <paramref name="otherwise"/> elsewhere.</summary>
    static abstract TVector SelectLess(TVector x, TVector y, TVector then, TVector otherwise);

    /// <summary>Adds the upper half of the elements to the lower half until one is left.</summary>
    static abstract T AddHalves(TVector x);

    /// <summary>Returns the first half of x₀ y₀ x₁ y₁ …: of single elements, x.</summary>
    static abstract TVector ZipLow(TVector x, TVector y);

    /// <summary>Returns the second half of x₀ y₀ x₁ y₁ …: of single elements, y.</summary>
    static abstract TVector ZipHigh(TVector x, TVector y);
}
