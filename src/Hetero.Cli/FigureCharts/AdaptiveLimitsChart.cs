using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="AdaptiveLimits"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class AdaptiveLimitsChart(AdaptiveLimits figure) : FigureChart<AdaptiveData>(figure)
{
    private readonly AdaptiveLimits _figure = figure;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, AdaptiveData data, FigureRequest request) => new(
        "Rules that normalize the direction do not remove the spurious part; weight decay helps",
        [
            new Panel(
                "Adam: near the mean of s",
                StepSizes,
                Axis.Linear("late spurious share").From(0, 2),
                [.. Limits(data, AdaptiveLimits.Adam, AdaptiveLimits.Unequal, 0), .. Limits(data, AdaptiveLimits.Adam, AdaptiveLimits.Equal, 1)])
            {
                ReferenceLines = [ReferenceLine.Horizontal(1.8, "mean 1.8"), ReferenceLine.Horizontal(1, "mean 1")],
            },
            new Panel(
                "Sign descent and Muon, s = 5 (0.6) or -3: at the median",
                StepSizes,
                Axis.Linear("late spurious share").From(0, 6),
                [
                    .. Limits(data, AdaptiveLimits.Sign, AdaptiveLimits.Unequal, 0),
                    .. Limits(data, AdaptiveLimits.Muon, AdaptiveLimits.Unequal, 1),
                    .. Limits(data, AdaptiveLimits.HeavySign, AdaptiveLimits.Unequal, 2),
                    .. Limits(data, AdaptiveLimits.HeavyMuon, AdaptiveLimits.Unequal, 3),
                ])
            {
                ReferenceLines = [ReferenceLine.Horizontal(5, "median 5"), ReferenceLine.Horizontal(1.8, "mean 1.8")],
            },
            Walk(data),
            Decay(data),
        ])
    {
        Subtitle = "HeteroSGD at m = ∞ on coordinate axes; lines are predictions, points measured",
        Caption = $"Means of q² over the second half of runs of {_figure.SeedCount(request.Seeds)} seeds from {request.Seed}, "
            + "with 10 % and 90 % quantiles over the seeds. "
            + "Below, left: sign descent at equal odds has no median to go to and walks at random; its place after the last step over the seeds.",
        Width = 1100,
        Columns = 2,
    };

    private static Axis StepSizes => Axis.Log("η").From(0.004, 0.07);

    private static IEnumerable<Series> Limits(AdaptiveData data, string rule, string law, int slot)
    {
        AdaptivePoint[] points = [.. data.Points.Where(point => point.Rule == rule && point.Law == law)];
        double[] x = [.. points.Select(point => point.StepSize)];
        yield return new LineSeries(null, slot, x, [.. points.Select(point => point.Predicted)]);

        // Two rules at the same place: the second a little beside it.
        yield return new PointSeries(
            rule == AdaptiveLimits.Adam ? $"s = {law}" : rule,
            slot,
            [.. x.Select(value => value * (1 + (0.04 * slot)))],
            [.. points.Select(point => point.Mean)],
            [.. points.Select(point => point.At(0.1))],
            [.. points.Select(point => point.At(0.9))]);
    }

    private static Panel Walk(AdaptiveData data)
    {
        double largest = AdaptiveLimits.LawOf(AdaptiveLimits.Equal).Maximum;
        double[] grid = [.. Enumerable.Range(0, 101).Select(i => largest * i / 100)];
        return new Panel(
            "Sign descent at equal odds: |q| is uniform",
            Axis.Linear("spurious share after the last step").From(0, largest + 1),
            Axis.Linear("share of seeds below").From(0, 1),
            [
                new LineSeries("predicted, |q| uniform", 0, grid, [.. grid.Select(share => Math.Sqrt(share / largest))]),
                .. data.Points.Where(point => point is { Rule: AdaptiveLimits.Sign, Law: AdaptiveLimits.Equal }).Select((point, i) =>
                {
                    double[] last = [.. point.Runs.Select(run => run.LastSpurious).Order()];
                    double[] below = [.. last.Select((_, seed) => (seed + 0.5) / last.Length)];
                    return new PointSeries($"η = {Texts.Of(point.StepSize)}", i + 1, last, below) { Radius = 3 };
                }),
            ]);
    }

    private static Panel Decay(AdaptiveData data)
    {
        double[] grid = [.. Enumerable.Range(0, 100).Select(i => i / 100.0)];
        DecayPoint[] measured = [.. data.Decays.Where(point => point.Measured is not null)];
        return new Panel(
            $"Weight decay, η = {Texts.Of(AdaptiveLimits.DecayStepSize)}: the M that is needed",
            Axis.Linear("weight decay w").From(0, 1),
            Axis.Linear("M").From(0, 8),
            [
                new LineSeries("predicted, E log|1 + η(s − w)| = 0", 0, grid, [.. grid.Select(AdaptiveLimits.PredictedSpread)]),
                new PointSeries("measured", 0, [.. measured.Select(point => point.Decay)], [.. measured.Select(point => point.Measured!.Value)]),
            ]);
    }
}
