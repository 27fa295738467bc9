using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="EnvironmentOrders"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class EnvironmentOrdersChart(EnvironmentOrders figure) : FigureChart<OrderGroup[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, OrderGroup[] groups, FigureRequest request)
    {
        Axis share = Axis.Log("spurious share").From(1e-8, 30) with { NonPositive = NonPositive.Floor };
        Axis above = Axis.Linear("runs with a share above ½").From(0, 1);
        return new Chart(
            "The order of the environments",
            [
                .. EnvironmentOrders.Spreads.Select(spread => CreatePanel($"M = {Texts.Of(spread)}: spurious share", groups, spread, share, isShare: true)),
                .. EnvironmentOrders.Spreads.Select(spread => CreatePanel(
                    $"M = {Texts.Of(spread)}: share of the runs above ½", groups, spread, above, isShare: false)),
            ])
        {
            Subtitle = $"HeteroSGD, d = {Common.Dimension}, r1 = r2 = 1, orthogonal, s = {Texts.Of(Common.SpuriousMean)} ± M, "
                + $"η = {Texts.Of(Common.StepSize)}, m = {Common.Samples}",
            Caption = $"Above: median over {request.Seeds} seeds from {request.Seed}, with the 10–90 % band of the independent and the "
                + "cyclic order (exact-law measurements). Below: how many of these runs have a spurious share above ½ at that step.",
            Width = 1100,
            Columns = 2,
            SharedLegend = true,
        };
    }

    private static Panel CreatePanel(string title, OrderGroup[] groups, double spread, Axis vertical, bool isShare)
    {
        List<Series> bands = [], lines = [];
        foreach ((OrderGroup group, int slot) in groups.Where(g => g.Recipe.Spread == spread).Select((g, i) => (g, i)))
        {
            double[] steps = [.. group.Above.Select((_, row) => (double)(row * group.Recipe.Every))];

            // Six bands on top of each other could not be told apart.
            if (isShare && slot < 2)
            {
                bands.Add(new BandSeries(null, slot, steps, group.Band.Low, group.Band.High));
            }

            // The panels share a legend, which the upper ones fill.
            lines.Add(new LineSeries(isShare ? group.Name : null, slot, steps, isShare ? group.Band.Median : group.Above));
        }

        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, [.. bands, .. lines]);
    }
}
