using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Parameterization"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class ParameterizationChart(Parameterization figure) : FigureChart<ParameterizationData>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, ParameterizationData data, FigureRequest request) => new(
        "How many columns HeteroSGD needs, and what A itself does",
        [
            .. from isPopulation in new[] { false, true }
               from mean in Parameterization.Means
               select CreatePanel(isPopulation, mean, data),
        ])
    {
        Subtitle = $"HeteroSGD, d = {Common.Dimension}, r1 = r2 = 1, orthogonal, s = mean ± M, η = {Texts.Of(Common.StepSize)}, step {Common.Steps}",
        Caption = $"Median of ‖M − A*‖/‖A*‖ over {request.Seeds} seeds from {request.Seed} (exact-law measurements). Vertical lines: where E log|1 + η(s − 1)| = 0 for k = r1 and "
            + "E log|1 + ηs| = 0 for more columns; beyond them the spurious part dies out in the long run.",
        Width = 1100,
        Columns = 3,
        SharedLegend = true,
    };

    private Panel CreatePanel(bool isPopulation, double mean, ParameterizationData data)
    {
        double free = GrowthThreshold.Predicted(mean, Common.StepSize, 0), damped = GrowthThreshold.Predicted(mean, Common.StepSize, 1);
        return new Panel(
            $"{(isPopulation ? "m = ∞" : $"m = {Common.Samples}")}, mean {Texts.Of(mean)}",
            Axis.Linear("M") with { Tight = true },
            Axis.Linear("relative error").From(0, 3),
            [
                .. figure.Kinds.Select((kind, slot) =>
                {
                    ParameterizationPoint[] points =
                    [
                        .. data.Points.Where(point => point.Parameterization == kind.Name && point.IsPopulation == isPopulation && point.Recipe.SpuriousMean == mean),
                    ];
                    return new LineSeries(
                        kind.Model == ModelKind.Direct ? kind.Name : $"UUᵀ, {kind.Name}",
                        slot,
                        [.. points.Select(point => point.Recipe.Spread)],
                        [.. points.Select(point => point.Error.Median)]);
                }),
            ])
        {
            ReferenceLines =
            [
                .. damped > 0 ? new[] { ReferenceLine.Vertical(damped, "k = r1") } : [],
                ReferenceLine.Vertical(free, "k > r1"),
            ],
        };
    }
}
