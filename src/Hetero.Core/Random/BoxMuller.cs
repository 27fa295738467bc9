using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random.Lanes;

namespace Hetero.Core.Random;

/// <summary>
/// The Box–Muller transform with own polynomials: (√(−2 ln u)·cos φ, √(−2 ln u)·sin φ) are two independent N(0,1) numbers. It takes two
/// uniforms to two Gaussians without rejection, lane by lane, so that entry i of a stream is a function of the counter alone and its bits
/// do not depend on width, start or length.
/// </summary>
/// <remarks>
/// φ is a multiple of π/2, given by two choice bits, plus an angle in [−π/4, π/4], so the polynomials need no range reduction. All
/// coefficients are minimax fits of the relative error (Remez exchange in 60 digits), rounded to the element type.
/// </remarks>
internal static class BoxMuller
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transform<T, TSimd, TLanes, TVector, TWords>(
        TVector uniform, TVector angle, TVector swap, TVector negate, out TVector first, out TVector second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TLanes : struct, IGaussianLanes<T, TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        TVector radius = TSimd.Sqrt(NegativeTwoLog<T, TSimd, TLanes, TVector, TWords>(uniform));
        TVector square = TSimd.Multiply(angle, angle);
        TVector cosine = TLanes.FlipSign(Cosine<T, TSimd, TVector>(square), negate);
        TVector sine = TSimd.Multiply(angle, SineOverAngle<T, TSimd, TVector>(square));
        first = TSimd.Multiply(radius, TLanes.Select(swap, sine, cosine));
        second = TSimd.Multiply(radius, TLanes.Select(swap, cosine, sine));
    }

    /// <summary>Returns −2·ln x for a positive normal x, within 4 units in the last place; a zero at x = 1.</summary>
    /// <remarks>
    /// With x = 2^e·(1 + f), 1 + f in [√½, √2). Double: s = f/(2 + f), −2·ln(1 + f) = s·Q(s²), relative error of Q below 2^−59.6. Float:
    /// −2·ln(1 + f) = f·P(f), relative error of P below 2^−25.1. f is exact, so the result stays accurate as x → 1.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NegativeTwoLog<T, TSimd, TLanes, TVector, TWords>(TVector x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TLanes : struct, IGaussianLanes<T, TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        TLanes.Split(x, out TVector exponent, out TVector mantissa);
        TVector f = TSimd.Subtract(mantissa, TSimd.Create(T.One));
        TVector logarithm;
        if (typeof(T) == typeof(double))
        {
            TVector s = TSimd.Divide(f, TSimd.Add(mantissa, TSimd.Create(T.One)));
            TVector z = TSimd.Multiply(s, s);
            TVector q = TSimd.Create(T.CreateTruncating(-0.29621374444152576));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-0.3062485741276159)));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-0.3636727131230511)));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-0.44444393955842004)));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-0.5714285752288646)));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-0.7999999999859692)));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-1.333333333333353)));
            q = TSimd.FusedMultiplyAdd(q, z, TSimd.Create(T.CreateTruncating(-4.0)));
            logarithm = TSimd.Multiply(s, q);
        }
        else
        {
            TVector p = TSimd.Create(T.CreateTruncating(-0.17444736f));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(0.28734562f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(-0.29904896f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(0.33124688f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(-0.39913625f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(0.5000415f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(-0.66668373f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(0.99999976f)));
            p = TSimd.FusedMultiplyAdd(p, f, TSimd.Create(T.CreateTruncating(-2.0f)));
            logarithm = TSimd.Multiply(f, p);
        }

        return TSimd.FusedMultiplyAdd(exponent, TSimd.Create(T.CreateTruncating(-1.3862943611198906)), logarithm);
    }

    /// <summary>cos(a·π/4) from a², |a| ≤ 1. Relative error of the polynomial below 2^−64 (double) and 2^−34 (float).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Cosine<T, TSimd, TVector>(TVector z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        TVector c;
        if (typeof(T) == typeof(double))
        {
            c = TSimd.Create(T.CreateTruncating(-3.857761974061158e-13));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(1.150049702177652e-10)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(-2.4611363826331404e-08)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(3.5908604458857896e-06)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(-0.00032599188692668756)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(0.01585434424381541)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(-0.30842513753404244)));
        }
        else
        {
            c = TSimd.Create(T.CreateTruncating(3.5287617e-06f));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(-0.0003259365f)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(0.015854323f)));
            c = TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.CreateTruncating(-0.30842513f)));
        }

        return TSimd.FusedMultiplyAdd(c, z, TSimd.Create(T.One));
    }

    /// <summary>sin(a·π/4)/a from a², |a| ≤ 1. Relative error of the polynomial below 2^−58 (double) and 2^−28 (float).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SineOverAngle<T, TSimd, TVector>(TVector z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        TVector s;
        if (typeof(T) == typeof(double))
        {
            s = TSimd.Create(T.CreateTruncating(6.877100654849405e-12));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(-1.7571492936571936e-09)));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(3.133616216629112e-07)));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(-3.6576204158456224e-05)));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(0.0024903945701887364)));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(-0.08074551218828054)));
        }
        else
        {
            s = TSimd.Create(T.CreateTruncating(-3.5950452e-05f));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(0.002490001f)));
            s = TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(-0.080745436f)));
        }

        return TSimd.FusedMultiplyAdd(s, z, TSimd.Create(T.CreateTruncating(0.7853981633974483)));
    }
}
