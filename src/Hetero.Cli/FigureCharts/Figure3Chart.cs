using Hetero.Charts;
using Hetero.Core.Problems;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Figure3"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Figure3Chart(Figure3 figure) : FigureChart<PopulationMedian[]>(figure)
{
    private static readonly Axis Shares = Axis.Linear("share").From(0, 1.6);

    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected, FigureRequest request)
        => new Chart("Figure 3: heterogeneity removes the spurious signal", [LeftPanel(sweeps, expected), RightPanel(sweeps, expected)])
        {
            Subtitle = ShareSweeps.Describe(Common) + $", η = {Texts.Of(Common.StepSize)}",
            Caption = ShareLines.Legend(request) + " Dotted: median at m = ∞.",
            Width = 1200,
        };

    private Panel LeftPanel(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected)
    {
        (string, SeedSweep, PopulationMedian) Curve(double spread)
        {
            SeedSweep sweep = Figure3.Find(sweeps, SubspaceLayout.Random, spread);
            return ($"M = {Texts.Of(spread)}", sweep, expected[sweeps.ToList().IndexOf(sweep)]);
        }

        return SharePanels.OverTime(
            "Over time, random subspaces", Axis.Linear("step") with { Tight = true }, Shares, [Curve(Figure3.Much), Curve(Figure3.Little)], (_, step) => step);
    }

    private Panel RightPanel(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected) => SharePanels.AgainstParameter(
        $"At step {Common.Steps}: median, 10–90 %", Axis.Linear("heterogeneity M"), Shares, sweeps, expected, sweep => sweep.Recipe.Spread);
}
