namespace Hetero.Core.Numerics;

/// <summary>Powers of whole exponents by squaring: the same bits everywhere, which Math.Pow does not promise.</summary>
/// <remarks>
/// A squaring doubles the relative error, so that of x^n may be about n roundings. 1 − x^n is good all the same for 0 ≤ x &lt; 1: n·x^n is at most 1/(e·(1 − x)), which bounds its
/// absolute error by 1/(1 − x) roundings or fewer.
/// </remarks>
internal static class IntegerPower
{
    /// <summary>Returns x^n, off by about n roundings at most.</summary>
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
