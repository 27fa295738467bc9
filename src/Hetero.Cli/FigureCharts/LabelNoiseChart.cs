using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="LabelNoiseGrowth"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class LabelNoiseChart(LabelNoiseGrowth figure) : FigureChart<LabelNoiseGroup[]>(figure)
{
    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, LabelNoiseGroup[] groups, FigureRequest request)
    {
        LabelNoiseGroup[] fresh = [.. groups.Where(group => group.IsFresh)], stored = [.. groups.Where(group => !group.IsFresh)];
        Axis share = Axis.Linear("spurious share").From(0, 1.5);
        return new Chart(
            "Heterogeneity removes the spurious part, label noise makes the residual grow",
            [
                CreatePanel("Fresh data: the spurious share", share, fresh, run => run.Spurious, isPredicted: false),
                CreatePanel("Fresh data: the residual", Axis.Log("‖E‖ off the signals").From(0.005, 1), fresh, run => run.Size, isPredicted: true),
                CreatePanel("Stored data: the spurious share", share, stored, run => run.Spurious, isPredicted: false),
                CreatePanel("Stored data: the residual", Axis.Log("‖E‖ off the signals").From(0.003, 10), stored, run => run.Size, isPredicted: false),
            ])
        {
            Subtitle = $"HeteroSGD, {Sizes(figure.Fresh)} (fresh), {Sizes(figure.Stored)} (stored); s = {Texts.Of(figure.Fresh.SpuriousMean)} ± M, η = {Texts.Of(figure.Fresh.StepSize)}",
            Caption = $"Lines and bands: median and 10–90 % over {request.Seeds} seeds from {request.Seed} (fresh data by the exact law). "
                + $"Dashed: one run, seed {request.Seed}, with every measurement drawn. "
                + "Dotted: predicted, η²(‖D‖² + σ²)/m·((d' + 1)/4 − n/2 − p) a step, and what a spurious row feeds.",
            Width = 1100,
            Columns = 2,
            SharedLegend = true,
        };
    }

    private static string Sizes(RunRecipe recipe) => $"d = {recipe.Dimension}, m = {recipe.Samples}";

    private Panel CreatePanel(string title, Axis vertical, LabelNoiseGroup[] groups, Func<LabelNoiseRun, double[]> quantity, bool isPredicted)
    {
        List<Series> series = [];
        for (int slot = 0; slot < groups.Length; slot++)
        {
            LabelNoiseGroup group = groups[slot];
            QuantileBand band = group.Band(quantity);
            double[] x = [.. band.Median.Select((_, row) => (double)row * group.Recipe.Every)];
            series.Add(new BandSeries(null, slot, x, band.Low, band.High));
            series.Add(new LineSeries(LabelOf(group), slot, x, band.Median) { Dash = LineDash.Solid });
            if (group.Single is { } single)
            {
                series.Add(new LineSeries(null, slot, x, quantity(single)) { Dash = LineDash.Dashed, Width = 1 });
            }

            if (isPredicted)
            {
                double[] sizes = group.PredictedSizes();
                series.Add(new LineSeries(null, slot, x, [.. x.Select(step => sizes[(int)step])])
                {
                    Dash = LineDash.Dotted,
                    Width = 2.5,
                });
            }
        }

        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, series);
    }

    private string LabelOf(LabelNoiseGroup group) => group.Name switch
    {
        LabelNoiseGrowth.Noise => $"label noise, σ = {Texts.Of(figure.Spread)}, M = 0",
        LabelNoiseGrowth.Heterogeneity => $"M = {Texts.Of(figure.Spread)}",
        LabelNoiseGrowth.Both => "both",
        _ => "neither",
    };
}
