namespace Hetero.Core.Statistics;

/// <summary>The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x): χ² and the normal distribution follow from
/// them.</summary>
/// <remarks>With n degrees of freedom P(χ² &gt; x) = Q(n/2, x/2); P(|Z| &gt; z) = Q(½, z²/2) for a normal Z. Thread-safe: no state.</remarks>
public static class IncompleteGamma
{
    // Below, 1/a overflows; above, the sums would need more terms, about 9√a.
    private const double Smallest = 1e-300;
    private const double Largest = 1e10;
    private const int MaxTerms = 1_000_000;

    /// <summary>Returns ln Γ(a), a above 0, by Stirling's series after shifting the argument beyond 30, where its fourth term is below
    /// 1e-14.</summary>
    /// <param name="a">a, 1e-300 to 1e300.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> is out of range.</exception>
    public static double LogGamma(double a)
    {
        Guard.InRange(a, Smallest, 1e300);
        double shift = 0;
        for (; a < 30; a++)
        {
            shift += Math.Log(a);
        }

        return ((a - 0.5) * Math.Log(a)) - a + (0.5 * Math.Log(2 * Math.PI)) + Stirling(a) - shift;
    }

    /// <summary>Returns ln Γ(a + b) − ln Γ(a): the large parts of Stirling's series are subtracted by hand, so that a = 1e9 costs no
    /// digits.</summary>
    internal static double LogRatio(double a, double b) => a < 30
        ? LogGamma(a + b) - LogGamma(a)
        : ((a - 0.5) * Elementary.LogOnePlus(b / a)) + (b * Math.Log(a + b)) - b + Stirling(a + b) - Stirling(a);

    /// <summary>Returns P(a, x) = ∫_0^x t^{a−1}e^{−t}dt / Γ(a).</summary>
    /// <param name="a">a, 1e-300 to 1e10.</param>
    /// <param name="x">x, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Lower(double a, double x)
    {
        Check(a, x);
        return x < a + 1 ? Series(a, x) : double.IsInfinity(x) ? 1 : 1 - Fraction(a, x);
    }

    /// <summary>Returns Q(a, x), with its relative accuracy where it is small.</summary>
    /// <param name="a">a, 1e-300 to 1e10.</param>
    /// <param name="x">x, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Upper(double a, double x)
    {
        Check(a, x);
        return x < a + 1 ? 1 - Series(a, x) : double.IsInfinity(x) ? 0 : Fraction(a, x);
    }

    private static void Check(double a, double x)
    {
        Guard.InRange(a, Smallest, Largest);
        Guard.AtLeast(x, 0);
    }

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
