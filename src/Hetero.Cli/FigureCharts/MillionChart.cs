using Hetero.Charts;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Million"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class MillionChart(Million figure) : FigureChart<MillionRun[][]>(figure)
{
    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, MillionRun[][] runs, FigureRequest request) => new(
        $"HeteroSGD and PooledSGD in {figure.Common.Dimension} dimensions",
        [CreatePanel("HeteroSGD", runs[0]), CreatePanel("PooledSGD", runs[1])])
    {
        Subtitle = $"m = {figure.Common.Samples}, r1 = {figure.Common.InvariantRank}, r2 = {figure.Common.SpuriousRank}, k = {figure.Common.Columns}, random subspaces, "
            + $"s = {Texts.Of(figure.Common.SpuriousMean)} ± {Texts.Of(figure.Common.Spread)}, η = {Texts.Of(figure.Common.StepSize)}, α = {Texts.Of(figure.Common.InitialScale)}",
        Caption = $"Median and 10–90 % range of {figure.SeedCount(request.Seeds)} seeds from {request.Seed}, by the exact law in factored form. "
            + "Explicit measurements of one step would be 5·10²⁰ Gaussian numbers.",
        Width = 1100,
        SharedLegend = true,
    };

    private Panel CreatePanel(string title, MillionRun[] runs)
    {
        QuantileBand signal = figure.Band(runs, row => row.Signal), spurious = figure.Band(runs, row => row.Spurious);
        QuantileBand error = figure.Band(runs, row => row.Error / Math.Sqrt(figure.Common.InvariantRank));
        double[] steps = [.. Enumerable.Range(0, signal.Median.Length).Select(i => (double)Math.Min(i * figure.Common.Every, figure.Common.Steps))];
        List<Series> series = [];
        foreach ((string name, int slot, QuantileBand band) in new[] { ("true share", 0, signal), ("spurious share", 1, spurious), ("‖UUᵀ − A*‖/√r1", 2, error) })
        {
            series.Add(new BandSeries(null, slot, steps, band.Low, band.High));
            series.Add(new LineSeries(name, slot, steps, band.Median));
        }

        return new Panel(title, Axis.Linear("step"), Axis.Linear("share of the signal, and error").From(0, 2), series);
    }
}
