using Hetero.Charts;
using Hetero.Core.Problems;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="IndefiniteSignals"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class IndefiniteSignalsChart(IndefiniteSignals figure) : FigureChart<SeedSweep[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, SeedSweep[] data, FigureRequest request)
    {
        Axis error = Axis.Linear("‖M − A*‖/‖A*‖").From(0, 1.1);
        Axis share = Axis.Log("spurious share, without sign").From(1e-8, 1) with { NonPositive = NonPositive.Floor };
        return new Chart(
            "A signal of both signs",
            [
                CreatePanel("Orthogonal subspaces: error", data, SubspaceLayout.Orthogonal, error, row => row.Error / figure.SignalNorm, isError: true),
                CreatePanel("Random subspaces: error", data, SubspaceLayout.Random, error, row => row.Error / figure.SignalNorm, isError: true),
                CreatePanel("Orthogonal subspaces: spurious share", data, SubspaceLayout.Orthogonal, share, row => Math.Abs(row.Spurious), isError: false),
                CreatePanel("Random subspaces: spurious share", data, SubspaceLayout.Random, share, row => Math.Abs(row.Spurious), isError: false),
            ])
        {
            Subtitle = $"HeteroSGD, d = {Common.Dimension}, λ = {string.Join(", ", Common.Eigenvalues.Select(Texts.Of))}, r2 = 1, "
                + $"s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}, η = {Texts.Of(Common.StepSize)}, m = {Common.Samples}",
            Caption = ShareLines.Legend(request),
            Width = 1100,
            Columns = 2,
            SharedLegend = true,
        };
    }

    private Panel CreatePanel(string title, SeedSweep[] sweeps, SubspaceLayout layout, Axis vertical, Func<TrajectoryRow, double> quantity, bool isError)
        => new(
            title,
            Axis.Linear("step") with { Tight = true },
            vertical,
            [
                .. IndefiniteSignals.Models.SelectMany((item, slot) =>
                {
                    SeedSweep sweep = sweeps.Single(own => own.Recipe.Model == item.Model && own.Recipe.Layout == layout);

                    // The panels share a legend, which the upper ones fill.
                    return ShareLines.Of(item.Name, slot, [.. sweep.RecordedSteps.Select(step => (double)step)], sweep, quantity);
                }),
            ])
        {
            ReferenceLines = !isError ? []
                : layout == SubspaceLayout.Orthogonal
                ? [ReferenceLine.Horizontal(figure.SemidefiniteFloor, "A*'s positive part"), ReferenceLine.Horizontal(figure.NoiseFloor, "noise of the gradient")]
                : [ReferenceLine.Horizontal(figure.SemidefiniteFloor, "A*'s positive part")],
        };
}
