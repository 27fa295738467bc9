using Hetero.Cli.Drawing;
using Hetero.Core.Problems;

namespace Hetero.Cli.Figures;

/// <summary>The two kinds of panels of Figures 3 and 4: shares over time, and shares at the last step against a parameter.</summary>
internal static class SharePanels
{
    /// <summary>True and spurious share of a few sweeps over time. Sweep i takes the colours 2i and 2i + 1.</summary>
    /// <param name="title">The panel's title.</param>
    /// <param name="time">The horizontal axis.</param>
    /// <param name="vertical">The vertical axis.</param>
    /// <param name="curves">The sweeps, with a name and what is expected of each.</param>
    /// <param name="timeOf">Where a recorded step of a sweep lies.</param>
    public static Panel OverTime(
        string title,
        Axis time,
        Axis vertical,
        IReadOnlyList<(string Name, SeedSweep Sweep, PopulationMedian Expected)> curves,
        Func<SeedSweep, int, double> timeOf)
    {
        List<Series> series = [];
        for (int i = 0; i < curves.Count; i++)
        {
            (string name, SeedSweep sweep, PopulationMedian expected) = curves[i];
            double[] x = [.. sweep.RecordedSteps.Select(step => timeOf(sweep, step))];
            series.AddRange(ShareLines.Of($"true share, {name}", 2 * i, x, sweep, row => row.Signal, expected.Signal));
            series.AddRange(ShareLines.Of($"spurious share, {name}", (2 * i) + 1, x, sweep, row => row.Spurious, expected.Spurious));
        }

        return new Panel(title, time, vertical, series);
    }

    /// <summary>Medians at the last step with whiskers, for orthogonal and for random subspaces, beside what is expected at m = ∞.</summary>
    /// <param name="title">The panel's title.</param>
    /// <param name="parameter">The horizontal axis.</param>
    /// <param name="vertical">The vertical axis.</param>
    /// <param name="sweeps">The sweeps, in ascending order of the parameter for each layout.</param>
    /// <param name="expected">What is expected of each.</param>
    /// <param name="parameterOf">A sweep's parameter.</param>
    public static Panel AgainstParameter(
        string title,
        Axis parameter,
        Axis vertical,
        IReadOnlyList<SeedSweep> sweeps,
        IReadOnlyList<PopulationMedian> expected,
        Func<SeedSweep, double> parameterOf)
    {
        List<Series> series = [];
        double[] all = [.. sweeps.Select(parameterOf)];

        // Points of the two layouts would hide each other at the same place.
        double shift = 0.008 * (all.Max() - all.Min());
        foreach ((SubspaceLayout layout, int slot, double sign) in new[] { (SubspaceLayout.Orthogonal, 1, -1.0), (SubspaceLayout.Random, 3, 1.0) })
        {
            int[] own = [.. Enumerable.Range(0, sweeps.Count).Where(i => sweeps[i].Settings.Layout == layout)];
            double[] exact = [.. own.Select(i => parameterOf(sweeps[i]))];
            double[] shifted = [.. exact.Select(x => x + (sign * shift))];
            string name = ShareSweeps.NameOf(layout);
            series.Add(new LineSeries($"spurious share at m = ∞, {name}", slot, exact, [.. own.Select(i => expected[i].Spurious[^1])]) { Dash = LineDash.Dotted });
            series.Add(Points($"true share, {name}", slot - 1, shifted, [.. own.Select(i => sweeps[i].Band(row => row.Signal))]));
            series.Add(Points($"spurious share, {name}", slot, shifted, [.. own.Select(i => sweeps[i].Band(row => row.Spurious))]));
        }

        return new Panel(title, parameter, vertical, series);
    }

    private static PointSeries Points(string name, int slot, double[] x, QuantileBand[] bands)
        => new(name, slot, x, [.. bands.Select(b => b.Median[^1])], [.. bands.Select(b => b.Low[^1])], [.. bands.Select(b => b.High[^1])]);
}
