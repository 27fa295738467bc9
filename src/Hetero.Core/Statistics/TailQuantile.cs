namespace Hetero.Core.Statistics;

/// <summary>Quantiles by the probability of the tail beyond them, so that rates of 1e-9 keep their accuracy.</summary>
/// <remarks>Found by bisection: some hundred evaluations of the tail. Thread-safe: no state.</remarks>
public static class TailQuantile
{
    private const double SmallestTail = 1e-100;
    private const double SmallestRest = 1e-15;
    private const double MostDegrees = 2e10;

    /// <summary>Returns z with P(Z &gt; z) = <paramref name="tail"/> for a normal Z.</summary>
    /// <param name="tail">The probability, 1e-100 to ½.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public static double Normal(double tail)
    {
        Guard.InRange(tail, SmallestTail, 0.5);
        return Solve(z => IncompleteGamma.Upper(0.5, z * z / 2) - (2 * tail), 1);
    }

    /// <summary>Returns t with P(T &gt; t) = <paramref name="tail"/> for Student's T.</summary>
    /// <param name="tail">The probability, 1e-100 to ½.</param>
    /// <param name="degrees">The degrees of freedom, 1 to 2e10.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double StudentT(double tail, double degrees)
    {
        Guard.InRange(tail, SmallestTail, 0.5);
        Guard.InRange(degrees, 1, MostDegrees);
        return Solve(t => IncompleteBeta.Lower(degrees / 2, 0.5, degrees / (degrees + (t * t))) - (2 * tail), 1);
    }

    /// <summary>Returns x with P(χ² &gt; x) = <paramref name="tail"/>.</summary>
    /// <param name="tail">The probability, 1e-100 to 1 − 1e-15.</param>
    /// <param name="degrees">The degrees of freedom, 1 to 2e10.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double ChiSquaredUpper(double tail, double degrees)
    {
        Guard.InRange(tail, SmallestTail, 1 - SmallestRest);
        Guard.InRange(degrees, 1, MostDegrees);
        return Solve(x => IncompleteGamma.Upper(degrees / 2, x / 2) - tail, degrees);
    }

    /// <summary>Returns x with P(χ² &lt; x) = <paramref name="tail"/>.</summary>
    /// <param name="tail">The probability, 1e-100 to 1 − 1e-15.</param>
    /// <param name="degrees">The degrees of freedom, 1 to 2e10.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double ChiSquaredLower(double tail, double degrees)
    {
        Guard.InRange(tail, SmallestTail, 1 - SmallestRest);
        Guard.InRange(degrees, 1, MostDegrees);
        return Solve(x => tail - IncompleteGamma.Lower(degrees / 2, x / 2), degrees);
    }

    /// <summary>Solves for a function that falls from above 0 at 0 to below 0.</summary>
    private static double Solve(Func<double, double> falling, double high)
    {
        while (falling(high) > 0)
        {
            high *= 2;
        }

        return Bisection.Solve(falling, 0, high);
    }
}
