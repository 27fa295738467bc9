namespace Hetero.Core.Numerics;

/// <summary>Powers of whole exponents by squaring: the same bits everywhere, which Math.Pow does not promise.</summary>
internal static class IntegerPower
{
    /// <summary>Returns x^n, off by at most about 2·log2(n) roundings.</summary>
    /// <param name="x">x.</param>
    /// <param name="n">n, 0 or more.</param>
    public static double Of(double x, long n)
    {
        double power = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            if ((n & 1) != 0)
            {
                power *= square;
            }
        }

        return power;
    }
}
