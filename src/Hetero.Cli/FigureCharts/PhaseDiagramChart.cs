using Hetero.Charts;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="PhaseDiagram"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class PhaseDiagramChart(PhaseDiagram figure) : FigureChart<PhaseDiagramData>(figure)
{
    private const int PointsOfCurve = 60;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, PhaseDiagramData data, FigureRequest request) => new(
        "Where heterogeneity removes the spurious part: M and step size",
        [CreatePanel("m = ∞", data.Population), CreatePanel($"m = {figure.Common.Samples}, d = {figure.Common.Dimension}", data.Samples)])
    {
        Subtitle = $"HeteroSGD, r1 = r2 = 1, orthogonal, s = {Texts.Of(figure.Common.SpuriousMean)} ± M, α = {Texts.Of(figure.Common.InitialScale)}",
        Caption = $"Median of the late share, its mean over the second half of η·t = {Texts.Of(figure.Time)}, over {figure.SeedCount(request.Seeds)} seeds from {request.Seed} at m = ∞ and "
            + $"{PhaseDiagram.FewSeeds(request.Seeds)} at finite m (exact law). Between the two lines E log|1 + ηs| < 0. "
            + "Points: where a row's median falls below 0.001. Gray: half of the runs or more diverged.",
        Width = 1200,
        PlotHeight = 380,
        SharedLegend = true,
    };

    private Panel CreatePanel(string title, PhaseGrid grid)
    {
        double[,] medians = new double[grid.StepSizes.Count, grid.Spreads.Count];
        for (int i = 0; i < grid.Cells.Count; i++)
        {
            medians[i / grid.Spreads.Count, i % grid.Spreads.Count] = grid.Cells[i].Median;
        }

        double first = grid.StepSizes[0], last = grid.StepSizes[^1];
        double[] curve = [.. Enumerable.Range(0, PointsOfCurve).Select(i => 0.9 * first * Math.Pow(last / first / 0.81, i / (PointsOfCurve - 1.0)))];
        (double Spread, double StepSize)[] measured =
        [
            .. from row in Enumerable.Range(0, grid.StepSizes.Count)
               let spread = grid.Lower(row)
               where spread is not null
               select (spread.Value, grid.StepSizes[row]),
        ];
        return new Panel(
            title,
            Axis.Log("M"),
            Axis.Log("η"),
            [
                new HeatMap(grid.Spreads, grid.StepSizes, medians, Axis.Log("median late spurious share").From(1e-6, 1) with { NonPositive = NonPositive.Floor }),
                new LineSeries("E log|1 + ηs| = 0, lower M", 1, [.. curve.Select(step => Ends(step).Lower)], curve) { Width = 2.5, Dash = LineDash.Solid },
                new LineSeries("the same, upper M", 1, [.. curve.Select(step => Ends(step).Upper)], curve) { Width = 2.5, Dash = LineDash.Dashed },
                new PointSeries("measured, lower M", 1, [.. measured.Select(point => point.Spread)], [.. measured.Select(point => point.StepSize)]) { Radius = 3.5 },
            ]);

        (double Lower, double Upper) Ends(double stepSize) => StabilityThreshold.TwoPointSpreads(figure.Common.SpuriousMean, stepSize);
    }
}
