namespace Hetero.Core.Statistics;

/// <summary>The regularized incomplete beta function I_x(a, b), from which the t and the binomial distribution follow.</summary>
/// <remarks>P(Bin(n, p) ≥ k) = I_p(k, n − k + 1); P(|T| &gt; t) = I_x(ν/2, ½) with x = ν/(ν + t²) for Student's T.</remarks>
internal static class IncompleteBeta
{
    private const int MaxTerms = 1_000_000;

    /// <summary>Returns I_x(a, b) = ∫_0^x t^{a−1}(1−t)^{b−1}dt / B(a, b).</summary>
    /// <param name="a">a, above 0.</param>
    /// <param name="b">b, above 0.</param>
    /// <param name="x">x, 0 to 1.</param>
    public static double Lower(double a, double b, double x)
    {
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        double inverseBeta = IncompleteGamma.LogRatio(Math.Max(a, b), Math.Min(a, b)) - IncompleteGamma.LogGamma(Math.Min(a, b));
        double front = Math.Exp(inverseBeta + (a * Math.Log(x)) + (b * Elementary.LogOnePlus(-x)));

        // The fraction converges fast below the mean, and the function is symmetric about it.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - (front * Fraction(b, a, 1 - x) / b);
    }

    /// <summary>The continued fraction of I_x(a, b), by Lentz' method.</summary>
    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        double value = d;
        for (int m = 1; m < MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            value *= Next(even, ref c, ref d);
            double factor = Next(odd, ref c, ref d);
            value *= factor;
            if (Math.Abs(factor - 1) < 4e-16)
            {
                break;
            }
        }

        return value;

        static double Next(double term, ref double c, ref double d)
        {
            d = 1 + (term * d);
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = 1 + (term / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            return c * d;
        }
    }
}
