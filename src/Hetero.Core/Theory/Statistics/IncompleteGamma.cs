namespace Hetero.Core.Theory.Statistics;

/// <summary>The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x): χ² and the normal distribution follow from
/// them.</summary>
internal static class IncompleteGamma
{
    private const int MaxTerms = 1_000_000;

    /// <summary>Returns ln Γ(a), a above 0, by Stirling's series after shifting the argument beyond 30, where its fourth term is below
    /// 1e-14.</summary>
    public static double LogGamma(double a)
    {
        double shift = 0;
        for (; a < 30; a++)
        {
            shift += Math.Log(a);
        }

        return ((a - 0.5) * Math.Log(a)) - a + (0.5 * Math.Log(2 * Math.PI)) + Stirling(a) - shift;
    }

    /// <summary>Returns ln Γ(a + b) − ln Γ(a): the large parts of Stirling's series are subtracted by hand, so that a = 1e9 costs no
    /// digits.</summary>
    public static double LogRatio(double a, double b) => a < 30
        ? LogGamma(a + b) - LogGamma(a)
        : ((a - 0.5) * Elementary.LogOnePlus(b / a)) + (b * Math.Log(a + b)) - b + Stirling(a + b) - Stirling(a);

    /// <summary>Returns P(a, x) = ∫_0^x t^{a−1}e^{−t}dt / Γ(a).</summary>
    /// <param name="a">a, above 0.</param>
    /// <param name="x">x, 0 or more.</param>
    public static double Lower(double a, double x) => x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    /// <summary>Returns Q(a, x), with its relative accuracy where it is small.</summary>
    /// <param name="a">a, above 0.</param>
    /// <param name="x">x, 0 or more.</param>
    public static double Upper(double a, double x) => x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    private static double Stirling(double a) => ((1 / 12.0) - (((1 / 360.0) - (1 / (1260 * a * a))) / (a * a))) / a;

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < MaxTerms && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return x <= 0 ? 0 : Front(a, x) * sum;
    }

    private static double Fraction(double a, double x)
    {
        double b = x + 1 - a, c = 1e300, d = 1 / b, value = d;
        for (int i = 1; i < MaxTerms; i++)
        {
            double term = -i * (i - a);
            b += 2;
            d = 1 / (b + (term * d));
            c = b + (term / c);
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 4e-16)
            {
                break;
            }
        }

        return Front(a, x) * value;
    }

    private static double Front(double a, double x) => Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
}
