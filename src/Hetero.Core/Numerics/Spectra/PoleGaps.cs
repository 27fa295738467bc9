using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>How far the poles of a secular equation are apart: the unknown is a distance μ from one of them, its origin.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IPoleGap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the distance of poles from an origin, to some ε of itself.</summary>
    static abstract TVector Of<TSimd, TVector>(TVector pole, TVector origin)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>;

    /// <summary>Gets the distance of a pole from an origin, with the bits of the other overload.</summary>
    static abstract T Of(T pole, T origin);

    /// <summary>Gets the root at μ.</summary>
    static abstract T Root(T origin, T shift);
}

/// <summary>Poles d of eigenvalues d_o + μ.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct EigenvalueGap<T> : IPoleGap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static TVector Of<TSimd, TVector>(TVector pole, TVector origin)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        => TSimd.Subtract(pole, origin);

    /// <inheritdoc/>
    public static T Of(T pole, T origin) => pole - origin;

    /// <inheritdoc/>
    public static T Root(T origin, T shift) => origin + shift;
}

/// <summary>Poles d² of squared singular values d_o² + μ: d² − d_o² is (d − d_o)(d + d_o), as squares would lose the digits of close ones.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SingularValueGap<T> : IPoleGap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static TVector Of<TSimd, TVector>(TVector pole, TVector origin)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        => TSimd.Multiply(TSimd.Subtract(pole, origin), TSimd.Add(pole, origin));

    /// <inheritdoc/>
    public static T Of(T pole, T origin) => (pole - origin) * (pole + origin);

    /// <inheritdoc/>
    public static T Root(T origin, T shift) => origin + (shift / (origin + T.Sqrt(T.FusedMultiplyAdd(origin, origin, shift))));
}
