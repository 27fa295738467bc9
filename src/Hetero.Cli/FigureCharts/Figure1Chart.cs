using Hetero.Charts;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Figure1"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Figure1Chart(Figure1 figure) : FigureChart<PopulationMedian[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, PopulationMedian[] expected, FigureRequest request)
    {
        Axis signal = Axis.Linear("s").From(Common.SpuriousMean - Common.Spread - 1, Common.SpuriousMean + Common.Spread + 1);
        Axis share = Axis.Log("share").From(1e-8, 10) with { NonPositive = NonPositive.Floor };
        return new Chart(
            "Figure 1: a stable spurious signal is fitted, an oscillating one is contracted",
            [
                SignalPanel("Pooled: every step sees the mean", sweeps[0], signal),
                SignalPanel("Heterogeneous: every step sees one environment", sweeps[1], signal),
                SharePanel("PooledSGD: the spurious share covers the true one", sweeps[0], expected[0], share),
                SharePanel("HeteroSGD", sweeps[1], expected[1], share),
            ])
        {
            Subtitle = $"d = {Common.Dimension}, r1 = {Common.InvariantRank}, r2 = {Common.SpuriousRank}, m = {Common.Samples}, "
                + $"s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}, η = {Texts.Of(Common.StepSize)}, orthogonal subspaces",
            Caption = ShareLines.Legend(request) + " Dotted: median at m = ∞. The environments are those of the one run.",
            Columns = 2,
            Width = 1100,
            PlotHeight = 220,
            SharedLegend = true,
        };
    }

    /// <summary>The spurious signal that each step saw: the mean, or what the single run drew.</summary>
    private static Panel SignalPanel(string title, SeedSweep sweep, Axis vertical)
    {
        RunRecipe recipe = sweep.Recipe;
        List<double> x = [], y = [];
        for (int row = 1; row < sweep.RecordedSteps.Count; row++)
        {
            // A label is kept at the row that its step led to. Two points for each step make stairs.
            double seen = recipe.Algorithm != Algorithm.HeteroSgd
                ? recipe.SpuriousMean
                : row < sweep.Single!.Trajectory.Count ? sweep.Single.Trajectory.GetEnvironmentLabel(row)[0] : double.NaN;
            x.AddRange([sweep.RecordedSteps[row - 1], sweep.RecordedSteps[row]]);
            y.AddRange([seen, seen]);
        }

        LineSeries stairs = new("spurious signal s that a step sees", 2, x, y) { Dash = LineDash.Solid, Width = 1 };
        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, [stairs]);
    }

    private static Panel SharePanel(string title, SeedSweep sweep, PopulationMedian expected, Axis vertical)
    {
        double[] x = [.. sweep.RecordedSteps.Select(step => (double)step)];
        return new Panel(
            title,
            Axis.Linear("step") with { Tight = true },
            vertical,
            [
                .. ShareLines.Of("true share", 0, x, sweep, row => row.Signal, expected.Signal),
                .. ShareLines.Of("spurious share", 1, x, sweep, row => row.Spurious, expected.Spurious),
            ]);
    }
}
