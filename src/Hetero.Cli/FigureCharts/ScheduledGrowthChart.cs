using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="ScheduledGrowth"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class ScheduledGrowthChart(ScheduledGrowth figure) : FigureChart<ScheduleGroup[]>(figure)
{
    private const int Points = 160;

    private readonly ScheduledGrowth _figure = figure;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, ScheduleGroup[] data, FigureRequest request) => new(
        "A falling step size brings the spurious part back",
        [
            new Panel(
                "Step sizes",
                Axis.Linear("step").From(0, _figure.Steps),
                Axis.Log("η").From(1e-3, 0.1),
                [.. data.Select((group, slot) => new LineSeries(group.Name, slot, Places(), [.. Steps().Select(group.Schedule.At)]))])
            {
                ReferenceLines = [ReferenceLine.Horizontal(ScheduledGrowth.LeastStepSize, "least that contracts")],
            },
            new Panel(
                "Spurious share",
                Axis.Linear("step").From(0, _figure.Steps),
                Axis.Log("share q²").From(1e-24, 100),
                [
                    .. data.SelectMany((group, slot) => new Series[]
                    {
                        new BandSeries(null, slot, Places(), Shares(group, 0.1), Shares(group, 0.9)),
                        new LineSeries($"{group.Name}, median", slot, Places(), Shares(group, 0.5)),
                        new LineSeries(null, slot, Places(), [.. Steps().Select(step => Math.Exp(2 * group.Predicted[step]))])
                        {
                            Dash = LineDash.Dotted,
                            Width = 2.5,
                        },
                    }),
                ]),
        ])
    {
        Subtitle = $"HeteroSGD at m = ∞, s = 1 ± {Texts.Of(ScheduledGrowth.Spread)}, α = {Texts.Of(ScheduledGrowth.Start)}",
        Caption = $"Medians and 10–90 % bands of {request.Seeds} seeds from {request.Seed}; dotted: α²·exp(2 Σ λ(η_t)), where q is small. "
            + "Above 1 the cubic term holds q.",
        Width = 1100,
        Columns = 2,
    };

    private IEnumerable<int> Steps() => Enumerable.Range(0, Points + 1).Select(i => (int)((long)i * _figure.Steps / Points));

    private double[] Places() => [.. Steps().Select(step => (double)step)];

    private double[] Shares(ScheduleGroup group, double probability)
        => [.. Steps().Select(step => Math.Max(1e-30, Math.Exp(2 * group.At(step, probability))))];
}
