using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>Where the exponent of <see cref="FederatedGrowth"/> is below 0, over M for s = mean ± M at equal odds.</summary>
/// <remarks>Thread-safe.</remarks>
public static class FederatedThreshold
{
    private const double Smallest = 1e-13;
    private const double Growth = 1.02;

    /// <summary>
    /// Returns the interval around M₀ = (1 + η·mean)/η, where a client of s = mean − M keeps nothing and, for clients that draw independently, the exponent is −∞: it is never empty, but its width
    /// falls like e^{−2^N·log(2 + 2η·mean)}, as only 2^{−N} of all rounds have such clients alone.
    /// </summary>
    /// <remarks>There may be more of them beyond, which are not looked for: N = 5, K = 1 at mean 1 and η = 0.05 has one from 89.5 to 114.8 beside that around M₀ = 21.</remarks>
    /// <param name="mean">The mean of s, finite; 1 + η·mean is above 0.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="clients">N, 1 to <see cref="FederatedGrowth.MostClients"/>.</param>
    /// <param name="localSteps">K, 1 or more.</param>
    /// <param name="environments">Null for clients that draw independently; else E, an even number, for different environments of a list of E, of which half have mean + M.</param>
    /// <returns>The interval, with 0 or 10·M₀ where it reaches beyond; null if the exponent is not below 0 near M₀, closer than a relative 10⁻¹³ apart.</returns>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static (double Lower, double Upper)? Window(double mean, double stepSize, int clients, int localSteps, int? environments = null)
    {
        Guard.Finite(mean);
        Guard.Positive(stepSize);
        double center = (1 + (stepSize * mean)) / stepSize;
        Guard.Accepted(mean, center > 0 && stepSize * Math.Abs(mean) < 1e90 ? null : "one with 1 + η·mean above 0 and of moderate size", nameof(mean));
        Guard.Accepted(stepSize, center <= 1e300 ? null : "one with (1 + η·mean)/η of 1e300 at most", nameof(stepSize));
        if (environments is { } list)
        {
            Guard.InRange(list, 2, FederatedGrowth.MostClients, nameof(environments));
            Guard.Accepted(list, list % 2 == 0 ? null : "an even number", nameof(environments));
        }

        return End(-1) is { } lower && End(1) is { } upper ? (lower, upper) : null;

        double? End(int side)
        {
            double inside = 0, most = side < 0 ? 1 : 9;
            for (double distance = Smallest; ; distance = Math.Min(distance * Growth, most))
            {
                if (!(Exponent(center * (1 + (side * distance))) < 0))
                {
                    double near = center * (1 + (side * inside)), far = center * (1 + (side * distance));
                    return inside == 0 ? null : Bisection.Solve(Exponent, Math.Min(near, far), Math.Max(near, far));
                }

                if (distance == most)
                {
                    return center * (1 + (side * most));
                }

                inside = distance;
            }
        }

        double Exponent(double spread) => Of(mean, spread, stepSize, clients, localSteps, environments);
    }

    /// <summary>Returns the exponent at an M.</summary>
    /// <param name="mean">The mean of s, finite.</param>
    /// <param name="spread">M, finite and 0 or above.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="clients">N.</param>
    /// <param name="localSteps">K.</param>
    /// <param name="environments">As for <see cref="Window"/>.</param>
    internal static double Of(double mean, double spread, double stepSize, int clients, int localSteps, int? environments)
        => environments is { } list
            ? FederatedGrowth.ExponentOfDistinct([.. Enumerable.Range(0, list).Select(e => e % 2 == 0 ? mean - spread : mean + spread)], stepSize, clients, localSteps)
            : FederatedGrowth.Exponent(EntryLaw.TwoPoint(mean, spread), stepSize, clients, localSteps);
}
