namespace Hetero.Core.Statistics;

/// <summary>
/// Bounds on a χ² number with k degrees of freedom that fail with probability at most e^(−x) each: k − 2√(kx) and k + 2√(kx) + 2x (Laurent and
/// Massart 2000, Lemma 1).
/// </summary>
/// <remarks>Thread-safe: no state.</remarks>
public static class LaurentMassart
{
    /// <summary>Returns k − 2√(kx); may be negative, and then says nothing.</summary>
    /// <param name="degrees">k, above 0.</param>
    /// <param name="exponent">x, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Lower(double degrees, double exponent)
    {
        Check(degrees, exponent);
        return degrees - (2 * Root(degrees, exponent));
    }

    /// <summary>Returns k + 2√(kx) + 2x; infinite if that is not representable.</summary>
    /// <param name="degrees">k, above 0.</param>
    /// <param name="exponent">x, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Upper(double degrees, double exponent)
    {
        Check(degrees, exponent);
        return degrees + (2 * Root(degrees, exponent)) + (2 * exponent);
    }

    /// <summary>√(kx), also where kx leaves the range.</summary>
    private static double Root(double degrees, double exponent)
    {
        double product = degrees * exponent;
        return double.IsNormal(product) ? Math.Sqrt(product) : Math.Sqrt(degrees) * Math.Sqrt(exponent);
    }

    private static void Check(double degrees, double exponent)
    {
        Guard.Positive(degrees);
        Guard.NotNegative(exponent);
    }
}
