using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="ListedEnvironments"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class ListedEnvironmentsChart(ListedEnvironments figure) : FigureChart<ListGroup[]>(figure)
{
    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, ListGroup[] data, FigureRequest request) => new(
        "How many environments are enough",
        [
            Panel("Bounded laws", [.. data.Where(group => group.Law.Entries is not null)]),
            Panel("Heavy tails", [.. data.Where(group => group.Law.Entries is null)]),
        ])
    {
        Subtitle = $"a list of E environments, drawn once; η = {Texts.Of(ListedEnvironments.StepSize)}, mean 1",
        Caption = "Lines: predicted, exact for two points, else by the central limit theorem. Small points: shares of lists whose exponent is below 0; "
            + $"large ones: shares of {request.Seeds} runs at m = ∞, seeds from {request.Seed}, that lose the spurious part.",
        Width = 1100,
        Columns = 2,
    };

    private static Panel Panel(string title, ListGroup[] groups) => new(
        title,
        Axis.Log("E").From(4, 2200),
        Axis.Linear("probability of success").From(0, 1),
        [
            .. groups.SelectMany((group, slot) =>
            {
                double[] counts = [.. group.Counts.Select(count => (double)count)], trained = [.. group.Trained.Select(own => (double)own.Count)];
                return new Series[]
                {
                    new LineSeries(group.Law.Name, slot, counts, [.. group.Counts.Select(count => ListedEnvironments.Predicted(group.Law, count))]),
                    new PointSeries(null, slot, counts, group.Successes) { Radius = 2.5 },
                    new PointSeries(null, slot, trained, [.. group.Trained.Select(own => own.Success)]) { Radius = 6 },
                };
            }),
        ])
    {
        ReferenceLines = [ReferenceLine.Horizontal(ListedEnvironments.Level, "0.95")],
    };
}
