using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Figure5"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Figure5Chart(Figure5 figure) : FigureChart<Figure5Panel[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, Figure5Panel[] panels, FigureRequest request)
    {
        int rows = Common.Steps + 1;
        double[] steps = [.. Enumerable.Range(0, rows).Select(step => (double)step)];

        // One scale for all panels, or the eye compares what is not comparable. Diverged runs have no place on it.
        double top = panels
            .SelectMany(panel => Enumerable.Range(0, Figure5.Quantities.Length).SelectMany(q => panel.Bands[q].High.Concat(SingleRun(panel, rows, q))))
            .Where(double.IsFinite)
            .DefaultIfEmpty(1)
            .Max();
        Axis vertical = Axis.Linear("share, error").From(0, Math.Clamp(1.05 * top, 1.1, 3));
        return new Chart("Figure 5: heterogeneity makes SGD invariant", [.. panels.Select(panel => CreatePanel(panel, steps, vertical))])
        {
            Subtitle = $"d = {Common.Dimension}, r1 = {Common.InvariantRank}, r2 = {Common.SpuriousRank}, "
                + $"s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}, η = {Texts.Of(Common.StepSize)}, m = {Common.Samples} (HeteroSGD) and {2 * Common.Samples} (PooledSGD)",
            Caption = $"Median and 10–90 % band over {request.Seeds} seeds from {request.Seed} (exact-law measurements). "
                + $"Dashed: one run, seed {request.Seed}, with every measurement drawn. ‖·‖ is the Frobenius norm.",
            Width = 1200,
            SharedLegend = true,
        };
    }

    private static Panel CreatePanel(Figure5Panel panel, double[] steps, Axis vertical)
    {
        List<Series> series = [];
        for (int q = 0; q < Figure5.Quantities.Length; q++)
        {
            series.Add(new BandSeries(null, q, steps, panel.Bands[q].Low, panel.Bands[q].High));
        }

        for (int q = 0; q < Figure5.Quantities.Length; q++)
        {
            double[] single = SingleRun(panel, steps.Length, q);
            series.Add(new LineSeries(Figure5.Quantities[q].Label, q, steps, panel.Bands[q].Median) { Dash = LineDash.Solid });
            series.Add(new LineSeries($"{Figure5.Quantities[q].Label}, single run", q, steps, single) { Dash = LineDash.Dashed, Width = 1 });
        }

        return new Panel(panel.Title, Axis.Linear("step") with { Tight = true }, vertical, series);
    }

    /// <summary>The single run as a line, with a gap where it had diverged.</summary>
    private static double[] SingleRun(Figure5Panel panel, int rows, int quantity)
        => [.. Enumerable.Range(0, rows).Select(row => Figure5.SingleAt(panel, row, quantity) ?? double.NaN)];
}
