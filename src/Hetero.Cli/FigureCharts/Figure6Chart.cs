using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Figure6"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Figure6Chart(Figure6 figure) : FigureChart<SeedSweep[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, SeedSweep[] data, FigureRequest request)
    {
        // What pooled training ends at with all the data: A* + Ā, whose distance to A* is ‖Ā‖ = mean·√r2.
        double limit = Common.SpuriousMean * Math.Sqrt(Common.SpuriousRank);
        Axis distance = Axis.Linear("Frobenius norm").From(0, 5);
        return new Chart("Figure 6: a small batch keeps PooledSGD away from both solutions",
            [.. Figure6.Distances.Select((item, i) => new Panel(
                item.Title,
                Axis.Linear("t / T") with { Tight = true },
                distance,
                [.. sweeps.SelectMany((sweep, slot) => ShareLines.Of(
                    $"η = {Texts.Of(sweep.Recipe.StepSize)}", slot, [.. sweep.RecordedSteps.Select(step => (double)step / sweep.Recipe.Steps)], sweep, item.Row.Of))])
            {
                ReferenceLines = i == 0 ? [ReferenceLine.Horizontal(limit, "‖Ā‖, the end at m = ∞")] : [],
            })])
        {
            Subtitle = $"PooledSGD, d = {Common.Dimension}, r1 = {Common.InvariantRank}, r2 = {Common.SpuriousRank}, m = {Common.Samples}, "
                + $"s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}, orthogonal subspaces, η·T = {Texts.Of(figure.Duration)}",
            Caption = ShareLines.Legend(request),
            Width = 1100,
            SharedLegend = true,
        };
    }
}
