using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>A momentum and an effective step size with the predicted window of M, and the runs that it is held against.</summary>
/// <param name="Kind">Which momentum.</param>
/// <param name="Momentum">β.</param>
/// <param name="EffectiveStep">η_eff = η/(1 − β).</param>
internal sealed record MomentumCase(MomentumKind Kind, double Momentum, double EffectiveStep)
{
    /// <summary>The share below which the spurious part counts as gone.</summary>
    public const double Gone = 0.001;

    /// <summary>Gets η.</summary>
    public double StepSize => EffectiveStep * (1 - Momentum);

    /// <summary>Gets the predicted window, null for none.</summary>
    public (double Lower, double Upper)? Window { get; init; }

    /// <summary>Gets the steps of the runs.</summary>
    public int Steps { get; init; }

    /// <summary>Gets the sweeps over M around the lower end, or over all M where no window is predicted; ascending.</summary>
    public IReadOnlyList<SeedSweep> Sweeps { get; init; } = [];

    /// <summary>Gets the sweeps beyond the lower end, where the exponent is below 0 and excursions may diverge; ascending.</summary>
    public IReadOnlyList<SeedSweep> Beyond { get; init; } = [];

    /// <summary>The late spurious share over the seeds, its mean over the second half of each run: median, 10 % and 90 % quantile.</summary>
    public static (double Median, double Low, double High) LateShare(SeedSweep sweep)
    {
        double[] shares = sweep.LateMeans(row => row.Spurious);
        return (Quantiles.OfSorted(shares, 0.5), Quantiles.OfSorted(shares, 0.1), Quantiles.OfSorted(shares, 0.9));
    }

    /// <summary>Returns where the median late share crosses <see cref="Gone"/>, interpolated in its logarithm; null if it does not.</summary>
    public double? MeasuredThreshold() => Crossing([.. Sweeps.Select(sweep => sweep.Recipe.Spread)], [.. Sweeps.Select(sweep => LateShare(sweep).Median)]);

    /// <summary>The first place at which shares fall from <see cref="Gone"/> or more to less, interpolated in the logarithm.</summary>
    internal static double? Crossing(IReadOnlyList<double> places, IReadOnlyList<double> shares)
    {
        for (int i = 1; i < places.Count; i++)
        {
            (double before, double after) = (shares[i - 1], shares[i]);
            if (before >= Gone && after < Gone)
            {
                // A share of 0 has no logarithm: the smallest number has.
                double top = Math.Log(before / Gone), bottom = Math.Log(Math.Max(after, double.Epsilon) / Gone);
                return double.IsInfinity(top) ? places[i] : places[i - 1] + (top / (top - bottom) * (places[i] - places[i - 1]));
            }
        }

        return null;
    }

    /// <summary>The recipe of a run with this momentum.</summary>
    public RunRecipe At(RunRecipe common, double spread) => common with
    {
        StepSize = StepSize,
        Spread = spread,
        Steps = Steps,
        Every = Math.Max(1, Steps / 100),
        Update = Momentum == 0 ? new() : new() { Rule = Kind == MomentumKind.HeavyBall ? UpdateKind.HeavyBall : UpdateKind.Nesterov, Momentum = Momentum },
    };
}
