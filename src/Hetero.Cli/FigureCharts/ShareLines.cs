using Hetero.Charts;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.FigureCharts;

/// <summary>The curves of one quantity of one sweep: band, median, the single run dashed, and what is expected at m = ∞ dotted.</summary>
internal static class ShareLines
{
    /// <summary>What the caption must say of these curves.</summary>
    public static string Legend(FigureRequest request)
        => $"Lines and bands: median and 10–90 % over {request.Seeds} seeds from {request.Seed} (exact-law measurements). "
            + $"Dashed: one run, seed {request.Seed}, with every measurement drawn.";

    /// <summary>Makes the curves.</summary>
    /// <param name="name">The median's name in the legend.</param>
    /// <param name="slot">The colour.</param>
    /// <param name="x">Where the recorded steps lie.</param>
    /// <param name="sweep">The runs.</param>
    /// <param name="quantity">What to show of them.</param>
    /// <param name="expected">What is expected; null if nothing is computed.</param>
    public static IEnumerable<Series> Of(
        string name, int slot, IReadOnlyList<double> x, SeedSweep sweep, Func<TrajectoryRow, double> quantity, IReadOnlyList<double>? expected = null)
    {
        QuantileBand band = sweep.Band(quantity);
        yield return new BandSeries(null, slot, x, band.Low, band.High);
        yield return new LineSeries(name, slot, x, band.Median) { Dash = LineDash.Solid };
        if (sweep.SingleRecipe is not null)
        {
            double[] single = [.. x.Select((_, row) => sweep.SingleAt(row, quantity) ?? double.NaN)];
            yield return new LineSeries(null, slot, x, single) { Dash = LineDash.Dashed, Width = 1 };
        }

        if (expected is not null)
        {
            yield return new LineSeries(null, slot, x, expected) { Dash = LineDash.Dotted, Width = 2.5 };
        }
    }
}
