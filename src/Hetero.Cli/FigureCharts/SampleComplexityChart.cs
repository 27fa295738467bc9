using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="SampleComplexity"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class SampleComplexityChart(SampleComplexity figure) : FigureChart<ScalingPoint[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, ScalingPoint[] points, FigureRequest request) => new(
        "How many samples, how many steps",
        [ErrorPanel([.. points.Where(p => !p.IsTime)]), TimePanel([.. points.Where(p => p.IsTime)])])
    {
        Subtitle = $"HeteroSGD, r1 = r2 = 1, orthogonal, s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}",
        Caption = $"Median and 10–90 % range over {request.Seeds} seeds for each point, blocks of seeds from {request.Seed} (exact-law measurements). Left: η = "
            + $"{Texts.Of(Common.StepSize)}, α = {Texts.Of(Common.InitialScale)}, ηt = {Texts.Of(figure.Reach)}. Right: d = {Common.Dimension}, m = {Common.Samples}.",
        Width = 1100,
    };

    private Panel ErrorPanel(ScalingPoint[] points)
    {
        double[] ends = [points.Min(p => p.Ratio), points.Max(p => p.Ratio)];
        List<Series> series =
        [
            new LineSeries("√(η·E[s²]/2)·√(d/m)", 3, ends, [.. ends.Select(ratio => SampleComplexity.Prediction(Common) * Math.Sqrt(ratio))]) { Dash = LineDash.Dashed },
        ];
        foreach ((IGrouping<int, ScalingPoint> own, int slot) in points.GroupBy(p => p.Recipe.Dimension).Select((g, i) => (g, i)))
        {
            series.Add(new PointSeries(
                $"d = {own.Key}",
                slot,
                [.. own.Select(p => p.Ratio)],
                [.. own.Select(p => p.Measured.Median)],
                [.. own.Select(p => p.Measured.Low)],
                [.. own.Select(p => p.Measured.High)]));
        }

        return new Panel("Error of the estimate", Axis.Log("d / m"), Axis.Log("Frobenius norm of UUᵀ − A*"), series);
    }

    private static Panel TimePanel(ScalingPoint[] points)
    {
        double[] ends = [points.Min(p => p.LogScale / p.Recipe.StepSize), points.Max(p => p.LogScale / p.Recipe.StepSize)];
        List<Series> series = [new LineSeries("log(1/α) / η", 3, ends, ends) { Dash = LineDash.Dashed }];
        foreach ((IGrouping<double, ScalingPoint> own, int slot) in points.GroupBy(p => p.Recipe.StepSize).Select((g, i) => (g, i)))
        {
            series.Add(new PointSeries(
                $"η = {Texts.Of(own.Key)}",
                slot,
                [.. own.Select(p => p.LogScale / own.Key)],
                [.. own.Select(p => p.Measured.Median)],
                [.. own.Select(p => p.Measured.Low)],
                [.. own.Select(p => p.Measured.High)]));
        }

        return new Panel("First step with a true share above 0.9", Axis.Linear("log(1/α) / η"), Axis.Linear("step"), series);
    }
}
