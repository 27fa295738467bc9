using Hetero.Core.Statistics;

namespace Hetero.Experiments.Fits;

/// <summary>The upper tail of (Z + δ)/√(χ²/ν), Student's t where δ = 0.</summary>
internal static class NoncentralT
{
    // The density of √(χ²/ν) beyond ten of its deviations, about 1/√(2ν), is below 10⁻²⁰. With 40 points in one of them the sum is good for
    // eight digits, and for four where ν = 4 and t is 40, as the density s³ then ends on the scale of the tail.
    private const double Deviations = 10;
    private const int Points = 801;

    /// <summary>
    /// Returns P((Z + δ)/s &gt; t) = E Φ(δ − ts) over s = √(χ²/ν), whose density is ∝ s^(ν−1)·e^(−νs²/2): a sum over equal distances, divided by that of the density, so that no constant
    /// of it is needed. NaN for a t that is NaN.
    /// </summary>
    /// <param name="t">t; may be infinite.</param>
    /// <param name="degrees">ν, 4 or more: below, the density does not end in zeros at s = 0, and the sum is good for four digits.</param>
    /// <param name="noncentrality">δ, finite.</param>
    public static double Upper(double t, int degrees, double noncentrality)
    {
        if (!double.IsFinite(t))
        {
            return double.IsNaN(t) ? t : t > 0 ? 0 : 1;
        }

        double width = Deviations / Math.Sqrt(2.0 * degrees), from = Math.Max(0, 1 - width), distance = (1 + width - from) / (Points - 1), tail = 0, all = 0;
        for (int i = 0; i < Points; i++)
        {
            double s = from + (i * distance);
            if (s > 0)
            {
                double density = Math.Exp(((degrees - 1) * Math.Log(s)) - (degrees * ((s * s) - 1) / 2));
                tail += density * Normal(noncentrality - (t * s));
                all += density;
            }
        }

        return tail / all;
    }

    /// <summary>Φ(x), by Φ(−x) = ½Q(½, x²/2) for x ≥ 0.</summary>
    private static double Normal(double x)
    {
        double tail = IncompleteGamma.Upper(0.5, x * x / 2) / 2;
        return x > 0 ? 1 - tail : tail;
    }
}
