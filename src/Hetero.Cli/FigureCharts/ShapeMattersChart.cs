using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="ShapeMatters"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class ShapeMattersChart(ShapeMatters figure) : FigureChart<ShapeRun[][]>(figure)
{
    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, ShapeRun[][] runs, FigureRequest request) => new(
        "The shape of the noise matters",
        [ErrorPanel(runs), EntryPanel(runs, request)])
    {
        Subtitle = $"v⊙v on {figure.Samples} samples of {figure.Dimension} numbers, truth with {figure.Sparsity} ones, from v = τ·1, τ = 1 and η = 0.01 if nothing else is said",
        Caption = $"Lines and bands: median and 10–90 % over {runs[0].Length} seeds from {request.Seed}; T = {figure.Steps} steps, with spherical noise four times as many. "
            + "Label noise has η/10 from T/3 and η/100 from 2T/3 on. A run that overflows counts as +∞ and leaves the picture.",
        Width = 1100,
        SharedLegend = true,
    };

    private static Panel ErrorPanel(ShapeRun[][] runs)
    {
        double[] x = [.. Enumerable.Range(0, ShapeMatters.Parts + 1).Select(part => (double)part / ShapeMatters.Parts)];
        List<Series> series = [];
        for (int method = 0; method < ShapeMatters.Methods.Length; method++)
        {
            QuantileBand band = QuantileBand.Of([.. runs[method].Select(run => run.Errors)]);
            series.Add(new BandSeries(null, method, x, band.Low, band.High));
            series.Add(new LineSeries(ShapeMatters.Methods[method].Label, method, x, band.Median));
        }

        return new Panel("Distance from the truth", Axis.Linear("t / T") with { Tight = true }, Axis.Log("‖v⊙v − w*‖²").From(1e-5, 1e4), series);
    }

    private Panel EntryPanel(ShapeRun[][] runs, FigureRequest request)
    {
        double[] x = [.. Enumerable.Range(1, figure.Dimension).Select(j => (double)j)];
        return new Panel(
            $"What is learned: the entries of v⊙v, seed {Texts.Of(request.Seed)}",
            Axis.Linear("coordinate") with { Tight = true },
            Axis.Linear("entry").From(-0.5, 4),
            [
                .. from method in new[] { 2, 0 }
                   select new PointSeries(ShapeMatters.Methods[method].Label, method, x, runs[method][0].Estimate) { Radius = 3 },
            ]);
    }
}
