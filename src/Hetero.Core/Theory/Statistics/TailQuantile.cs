namespace Hetero.Core.Theory.Statistics;

/// <summary>Quantiles by the probability of the tail beyond them, so that rates of 1e-9 keep their accuracy.</summary>
internal static class TailQuantile
{
    /// <summary>Returns z with P(Z &gt; z) = <paramref name="tail"/> for a normal Z; tail in (0, ½].</summary>
    public static double Normal(double tail) => Solve(z => IncompleteGamma.Upper(0.5, z * z / 2) - (2 * tail), 1);

    /// <summary>Returns t with P(T &gt; t) = <paramref name="tail"/> for Student's T; tail in (0, ½].</summary>
    public static double StudentT(double tail, double degrees)
        => Solve(t => IncompleteBeta.Lower(degrees / 2, 0.5, degrees / (degrees + (t * t))) - (2 * tail), 1);

    /// <summary>Returns x with P(χ² &gt; x) = <paramref name="tail"/>.</summary>
    public static double ChiSquaredUpper(double tail, double degrees)
        => Solve(x => IncompleteGamma.Upper(degrees / 2, x / 2) - tail, degrees);

    /// <summary>Returns x with P(χ² &lt; x) = <paramref name="tail"/>.</summary>
    public static double ChiSquaredLower(double tail, double degrees)
        => Solve(x => tail - IncompleteGamma.Lower(degrees / 2, x / 2), degrees);

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
