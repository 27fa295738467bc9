using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="PoolingShare"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class PoolingShareChart(PoolingShare figure) : FigureChart<PoolingGroup[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, PoolingGroup[] groups, FigureRequest request) => new(
        "A share of pooled data in every batch",
        [.. PoolingShare.Spreads.Select(spread => CreatePanel(spread, [.. groups.Where(g => g.Recipe.Spread == spread)]))])
    {
        Subtitle = $"HeteroSGD, d = {Common.Dimension}, r1 = r2 = 1, orthogonal, s = {Texts.Of(Common.SpuriousMean)} ± M, "
            + $"η = {Texts.Of(Common.StepSize)}, m = {Common.Samples}, step {Common.Steps}",
        Caption = $"Over {request.Seeds} seeds from {request.Seed} (exact-law measurements); the median at m = ∞ is over the same seeds. "
            + "The spurious part dies out in the long run to the left of the vertical line.",
        Width = 1100,
        SharedLegend = true,
    };

    private Panel CreatePanel(double spread, PoolingGroup[] groups)
    {
        double[] shares = [.. groups.Select(g => g.Recipe.PooledShare)];
        double[] median = [.. groups.Select(g => g.Measured.Median)], low = [.. groups.Select(g => g.Measured.Low)];
        return new Panel(
            $"M = {Texts.Of(spread)}",
            Axis.Linear("pooled share ρ").From(0, 1),
            Axis.Linear("spurious share").From(0, 2),
            [
                new LineSeries("median at m = ∞, last step", 0, shares, [.. groups.Select(g => g.Expected)]),
                new LineSeries("predicted mean, E log|1 + ηs|/η", 1, shares, [.. groups.Select(g => PoolingShare.PredictedMean(g.Recipe))])
                {
                    Dash = LineDash.Dashed,
                },
                new PointSeries("mean over the second half of the steps", 1, shares, [.. groups.Select(g => g.Late)]),
                new PointSeries("median and 10–90 % range, last step", 0, shares, median, low, [.. groups.Select(g => g.Measured.High)]),
            ])
        {
            ReferenceLines = [ReferenceLine.Vertical(figure.Threshold(spread), "threshold")],
        };
    }
}
