using Hetero.Charts;
using Hetero.Core.Problems;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Figure4"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Figure4Chart(Figure4 figure) : FigureChart<PopulationMedian[]>(figure)
{
    private static readonly Axis Shares = Axis.Linear("share").From(0, 2);

    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected, FigureRequest request)
        => new Chart("Figure 4: a large step size removes the spurious signal", [LeftPanel(sweeps, expected), RightPanel(sweeps, expected)])
        {
            Subtitle = ShareSweeps.Describe(Common) + $", M = {Texts.Of(Common.Spread)}",
            Caption = ShareLines.Legend(request) + " Dotted: median at m = ∞.",
            Width = 1200,
        };

    private static Panel LeftPanel(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected)
    {
        (string, SeedSweep, PopulationMedian) Curve(double stepSize)
        {
            SeedSweep sweep = Figure4.Find(sweeps, SubspaceLayout.Random, stepSize);
            return ($"η = {Texts.Of(stepSize)}", sweep, expected[sweeps.ToList().IndexOf(sweep)]);
        }

        return SharePanels.OverTime(
            "Over time, random subspaces",
            Axis.Linear("η·t") with { Tight = true },
            Shares,
            [Curve(Figure4.Large), Curve(Figure4.Small)],
            (sweep, step) => sweep.Recipe.StepSize * step);
    }

    private Panel RightPanel(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected) => SharePanels.AgainstParameter(
        $"At η·t = {Texts.Of(figure.Duration)}: median, 10–90 %", Axis.Linear("step size η"), Shares, sweeps, expected, sweep => sweep.Recipe.StepSize);
}
