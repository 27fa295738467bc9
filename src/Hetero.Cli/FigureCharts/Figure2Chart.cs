using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Figure2"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Figure2Chart(Figure2 figure) : FigureChart<(double[][] Exact, QuantileBand[] Simulated)>(figure)
{
    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, (double[][] Exact, QuantileBand[] Simulated) data, FigureRequest request) => new(
        "Figure 2: the mean grows, the 0.1-moment falls",
        [
            CreatePanel("The mean: the same for both", 0, Axis.Log($"{Figure2.Moments[0].Label} / start"), data.Exact, data.Simulated),
            CreatePanel("The 0.1-moment", 1, Axis.Linear($"{Figure2.Moments[1].Label} / start").From(0, 2), data.Exact, data.Simulated),
        ])
    {
        Subtitle = $"q ← (1 + ηs)q, η = {Texts.Of(Figure2.StepSize)}, s = {Texts.Of(Figure2.SpuriousMean)} (stable) or "
            + $"{Texts.Of(Figure2.SpuriousMean)} ± {Texts.Of(Figure2.Spread)} (oscillating)",
        Caption = $"Lines: exact. Points and bands: median and 10–90 % over {request.Seeds} seeds from {request.Seed} of the mean over {figure.Paths} paths. "
            + "Late means of the oscillating multiplier fall short of the exact one: about one path in ten thousand carries it.",
        Width = 1100,
        SharedLegend = true,
    };

    private static Panel CreatePanel(string title, int moment, Axis vertical, double[][] exact, QuantileBand[] simulated)
    {
        double[] steps = [.. Enumerable.Range(0, Figure2.Steps + 1).Select(step => (double)step)];
        int[] shown = [.. Enumerable.Range(0, (Figure2.Steps / 5) + 1).Select(i => 5 * i)];
        List<Series> series = [];
        for (int m = 0; m < Figure2.Multipliers.Length; m++)
        {
            QuantileBand band = simulated[(2 * m) + moment];
            series.Add(new BandSeries(null, m, steps, band.Low, band.High));
            series.Add(new LineSeries($"{Figure2.Multipliers[m].Name} multiplier", m, steps, exact[(2 * m) + moment]) { Dash = LineDash.Solid });
            series.Add(new PointSeries(
                $"{Figure2.Multipliers[m].Name}, simulated", m, [.. shown.Select(t => steps[t])], [.. shown.Select(t => band.Median[t])])
            {
                Radius = 3,
            });
        }

        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, series);
    }
}
