namespace Hetero.Core.Statistics;

/// <summary>log(1 + x) and e^x − 1 without the loss of digits at small x: the framework's own compute 1 + x first; log(x/y).</summary>
/// <remarks>Outside of a function's domain the result is NaN, as the framework's.</remarks>
internal static class Elementary
{
    /// <summary>Returns log(1 + x). The rounding of u = 1 + x spoils log u and u − 1 by the same factor (Kahan).</summary>
    /// <param name="x">x, −1 or more.</param>
    public static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : u == 0 ? double.NegativeInfinity : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>Returns e^x − 1, by the same means as log(1 + x).</summary>
    /// <param name="x">x.</param>
    public static double ExpMinusOne(double x)
    {
        double u = Math.Exp(x), difference = u - 1;
        return u == 1 ? x : difference == -1 || double.IsInfinity(u) ? difference : difference * (x / Math.Log(u));
    }

    /// <summary>Returns log(x/y) of positive numbers, also where their quotient overflows or vanishes.</summary>
    /// <param name="x">x, above 0.</param>
    /// <param name="y">y, above 0.</param>
    public static double LogRatio(double x, double y)
    {
        double ratio = x / y;
        return ratio > 0 && !double.IsInfinity(ratio) ? Math.Log(ratio) : Math.Log(x) - Math.Log(y);
    }
}
