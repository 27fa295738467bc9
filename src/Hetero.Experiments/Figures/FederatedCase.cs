using Hetero.Core.Theory.Multipliers;

namespace Hetero.Experiments.Figures;

/// <summary>Clients and local steps with the predicted window of M, and the runs that it is held against.</summary>
/// <param name="LocalSteps">K.</param>
/// <param name="Clients">N.</param>
/// <param name="Environments">Null for clients that draw independently; else E, the length of a list, half of it mean + M, of which the clients of a round are different ones.</param>
internal sealed record FederatedCase(int LocalSteps, int Clients, int? Environments = null)
{
    /// <summary>η and the mean of s, of all cases.</summary>
    public const double StepSize = 0.05, Mean = 1;

    /// <summary>M₀, where a client of mean − M keeps nothing.</summary>
    public const double Center = (1 + (StepSize * Mean)) / StepSize;

    // Of runs that diverge, and of those that end at 0: powers of ten of the share from a small start.
    private const double MostGrowth = 120;

    /// <summary>Gets the predicted window around M₀, null for none.</summary>
    public (double Lower, double Upper)? Window { get; init; }

    /// <summary>Gets the rounds of a run.</summary>
    public int Rounds { get; init; }

    /// <summary>Gets the runs around the lower end, ascending in M; over all M where no window is predicted.</summary>
    public IReadOnlyList<FederatedPoint> Low { get; init; } = [];

    /// <summary>Gets the runs around the upper end, ascending in M.</summary>
    public IReadOnlyList<FederatedPoint> High { get; init; } = [];

    /// <summary>Gets the runs from a usual start at M₀; null where no window is predicted.</summary>
    public FederatedPoint? Usual { get; init; }

    /// <summary>Gets all of them.</summary>
    public IEnumerable<FederatedPoint> Points => [.. Low, .. High, .. Usual is { } usual ? new[] { usual } : []];

    /// <summary>Returns the s of a list.</summary>
    public static IEnumerable<double> Listed(double spread, int environments) => Enumerable.Range(0, environments).Select(e => e % 2 == 0 ? Mean - spread : Mean + spread);

    /// <summary>Returns the first place at which growth goes through 0, interpolated; null if it does not.</summary>
    /// <param name="places">M, from outside of the window into it.</param>
    /// <param name="growths">The median growth there.</param>
    public static double? Crossing(IReadOnlyList<double> places, IReadOnlyList<double> growths)
    {
        for (int i = 1; i < places.Count; i++)
        {
            double before = Math.Clamp(growths[i - 1], -MostGrowth, MostGrowth), after = Math.Clamp(growths[i], -MostGrowth, MostGrowth);
            if (before >= 0 && after < 0)
            {
                return places[i - 1] + (before / (before - after) * (places[i] - places[i - 1]));
            }
        }

        return null;
    }

    /// <summary>Returns the measured end of the window, null if there is none.</summary>
    /// <param name="isUpper">Whether the upper one is meant.</param>
    public double? Measured(bool isUpper)
    {
        IReadOnlyList<FederatedPoint> points = isUpper ? High : Low;
        return Window is null ? null : Crossing([.. Ordered().Select(point => point.Spread)], [.. Ordered().Select(point => point.Growth(0.5))]);

        IEnumerable<FederatedPoint> Ordered() => isUpper ? points.Reverse() : points;
    }

    /// <summary>Returns the exponent of a round, E log|N⁻¹ Σ_c (1 + ηs_c)^K|.</summary>
    public double Exponent(double spread)
        => Environments is { } list
            ? FederatedGrowth.ExponentOfDistinct([.. Listed(spread, list)], StepSize, Clients, LocalSteps)
            : FederatedGrowth.Exponent(EntryLaw.TwoPoint(Mean, spread), StepSize, Clients, LocalSteps);
}
