using System.Numerics;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>A way to multiply row-major square matrices that the baselines can be built on.</summary>
internal interface IProducts
{
    /// <summary>C ← A·B, all d×d.</summary>
    static abstract void Multiply<T>(int d, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>C ← A·Aᵀ, both d×d.</summary>
    static abstract void Gram<T>(int d, ReadOnlySpan<T> factor, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
