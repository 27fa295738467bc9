using Hetero.Charts;
using Hetero.Core.Problems;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.FigureCharts;

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
        double range = all.Max() - all.Min();
        (SubspaceLayout Layout, int Slot)[] layouts = [(SubspaceLayout.Orthogonal, 0), (SubspaceLayout.Random, 2)];
        foreach ((SubspaceLayout layout, int slot) in layouts)
        {
            int[] own = [.. Enumerable.Range(0, sweeps.Count).Where(i => sweeps[i].Recipe.Layout == layout)];
            double[] x = [.. own.Select(i => parameterOf(sweeps[i]))];

            // Side by side: points and whiskers at the same place would hide each other.
            double[] Beside(int place) => [.. x.Select(value => value + ((place - 1.5) * 0.014 * range))];
            QuantileBand[] signal = [.. own.Select(i => sweeps[i].Band(row => row.Signal))];
            QuantileBand[] spurious = [.. own.Select(i => sweeps[i].Band(row => row.Spurious))];
            series.Add(Points($"true share, {ShareSweeps.NameOf(layout)}", slot, Beside(slot), signal));
            series.Add(Points($"spurious share, {ShareSweeps.NameOf(layout)}", slot + 1, Beside(slot + 1), spurious));
            series.Add(new LineSeries(null, slot + 1, x, [.. own.Select(i => expected[i].Spurious[^1])]) { Dash = LineDash.Dotted, Width = 2.5 });
        }

        // The ends of the axis would otherwise move out to the next tick.
        return new Panel(title, parameter.From(all.Min() - (0.05 * range), all.Max() + (0.05 * range)), vertical, series);
    }

    private static PointSeries Points(string name, int slot, double[] x, QuantileBand[] bands)
        => new(name, slot, x, [.. bands.Select(b => b.Median[^1])], [.. bands.Select(b => b.Low[^1])], [.. bands.Select(b => b.High[^1])]) { Radius = 3.5 };
}
