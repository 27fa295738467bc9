namespace Hetero.Core.Numerics.Simd;

/// <summary>Two registers, see <see cref="Twice{T, TSimd, TVector}"/>.</summary>
/// <typeparam name="TVector">One of the two.</typeparam>
/// <param name="First">The lower lanes.</param>
/// <param name="Second">The upper lanes.</param>
internal readonly record struct VectorPair<TVector>(TVector First, TVector Second)
    where TVector : unmanaged;
