namespace Hetero.Core.Tests.Support;

/// <summary>Distribution functions and goodness-of-fit tests, written plainly and apart from the library.</summary>
internal static class PlainStatistics
{
    /// <summary>The distribution function of N(0,1).</summary>
    public static double NormalCdf(double x)
    {
        double half = 0.5 * GammaP(0.5, 0.5 * x * x);
        return x >= 0 ? 0.5 + half : 0.5 - half;
    }

    /// <summary>The distribution function of χ² with a number of degrees of freedom.</summary>
    public static double ChiSquaredCdf(double x, double degrees) => GammaP(degrees / 2, x / 2);

    /// <summary>The regularized lower incomplete gamma function, by its series or its continued fraction.</summary>
    public static double GammaP(double a, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        double front = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (int n = 1; n < 100_000 && term > sum * 1e-17; n++)
            {
                term *= x / (a + n);
                sum += term;
            }

            return Math.Min(1, front * sum);
        }

        double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
        for (int i = 1; i < 100_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / (b + (an * d));
            c = b + (an / c);
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return 1 - (front * h);
    }

    /// <summary>ln Γ(a) by Stirling's series after shifting the argument beyond 30.</summary>
    public static double LogGamma(double a)
    {
        double shift = 0;
        for (; a < 30; a++)
        {
            shift += Math.Log(a);
        }

        double square = a * a;
        double series = (1 / (12 * a)) - (1 / (360 * a * square)) + (1 / (1260 * a * square * square));
        return ((a - 0.5) * Math.Log(a)) - a + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }

    /// <summary>The p-value of the one-sample Kolmogorov–Smirnov test. Sorts the sample.</summary>
    public static double KolmogorovSmirnov(double[] sample, Func<double, double> cdf)
    {
        Array.Sort(sample);
        double distance = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            double value = cdf(sample[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / sample.Length) - value, value - ((double)i / sample.Length)));
        }

        return KolmogorovTail(distance, sample.Length);
    }

    /// <summary>The p-value of the two-sample Kolmogorov–Smirnov test. Sorts both samples.</summary>
    public static double KolmogorovSmirnov(double[] first, double[] second)
    {
        Array.Sort(first);
        Array.Sort(second);
        double distance = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value)
            {
                i++;
            }

            while (j < second.Length && second[j] <= value)
            {
                j++;
            }

            distance = Math.Max(distance, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return KolmogorovTail(distance, (double)first.Length * second.Length / (first.Length + second.Length));
    }

    /// <summary>The p-value of the χ² goodness-of-fit test of counts against expected counts.</summary>
    public static double ChiSquaredFit(ReadOnlySpan<long> counts, ReadOnlySpan<double> expected)
    {
        double statistic = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
        }

        return 1 - ChiSquaredCdf(statistic, counts.Length - 1);
    }

    /// <summary>The tail of Kolmogorov's distribution, with Stephens' correction for finite samples.</summary>
    private static double KolmogorovTail(double distance, double size)
    {
        double lambda = (Math.Sqrt(size) + 0.12 + (0.11 / Math.Sqrt(size))) * distance;
        double sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * lambda * lambda);
        }

        return lambda < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }
}
