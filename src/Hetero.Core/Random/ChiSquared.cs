namespace Hetero.Core.Random;

/// <summary>
/// χ² variates by Marsaglia and Tsang's rejection (A simple method for generating gamma variables, ACM TOMS 26, 2000): exact up to
/// the rounding of the acceptance test, about 1.02 tries a variate, whatever the degrees of freedom.
/// </summary>
internal static class ChiSquared
{
    public static double Next(ref RandomSequence sequence, long degrees)
    {
        Guard.InRange(degrees, 1, 1L << 54);
        if (degrees == 1)
        {
            // The method needs a shape degrees/2 of at least 1.
            double gaussian = sequence.NextGaussian();
            return gaussian * gaussian;
        }

        // χ²_n = 2·Gamma(n/2); Gamma(a) = d·v with v = (1 + c·x)³, d = a − 1/3, c = 1/√(9d).
        double d = (degrees / 2.0) - (1.0 / 3.0);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = sequence.NextGaussian();
            double t = 1 + (c * x);
            double u = 1 - sequence.NextUniform();
            if (t <= 0)
            {
                continue;
            }

            double v = t * t * t;
            double square = x * x;
            if (u < 1 - (0.0331 * square * square))
            {
                return 2 * d * v;
            }

            // ln u < x²/2 + d·(1 − v + ln v), with −2·ln for both logarithms.
            if (RandomSequence.NegativeTwoLog(u) > -square - (2 * d * (1 - v)) + (d * RandomSequence.NegativeTwoLog(v)))
            {
                return 2 * d * v;
            }
        }
    }
}
