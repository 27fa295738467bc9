using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="FederatedWindow"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class FederatedWindowChart(FederatedWindow figure) : FigureChart<FederatedData>(figure)
{
    private const double Lowest = -2, Highest = 1.5;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, FederatedData data, FigureRequest request) => new(
        "Federated averaging: where the spurious part dies out",
        [.. FederatedWindow.LocalSteps.Select((local, slot) => Windows(local, slot, data)), Exponents(data)])
    {
        Subtitle = $"N clients of K local steps each, averaged, at m = ∞, s = {Texts.Of(FederatedCase.Mean)} ± M, η = {Texts.Of(FederatedCase.StepSize)}",
        Caption = "Bands: E log of the average is below 0, clients drawn independently. Points: where the median growth of the share turns, over "
            + $"{figure.SeedCount(request.Seeds)} seeds from {request.Seed}; large ones: 2 different clients of a list of 4. Bottom right: growth of log|q| in a round, predicted and median.",
        Width = 1100,
        Columns = 2,
    };

    private static Panel Windows(int localSteps, int slot, FederatedData data)
    {
        FederatedCase[] boundary = [.. data.Boundaries.Where(own => own.LocalSteps == localSteps && own.Window is not null)];
        double[] clients = [.. boundary.Select(own => (double)own.Clients)];
        double[] lower = [.. boundary.Select(own => own.Window!.Value.Lower)], upper = [.. boundary.Select(own => Math.Min(own.Window!.Value.Upper, FederatedWindow.LargestSpread))];
        return new Panel(
            $"The window of M, K = {localSteps}",
            Axis.Linear("clients N of a round").From(0.5, 8.5),
            Axis.Log("M").From(5, FederatedWindow.LargestSpread),
            [
                new BandSeries("predicted", slot, clients, lower, upper),
                new LineSeries(null, slot, clients, lower),
                new LineSeries(null, slot, clients, upper),
                Points("measured", null, 4),
                Points(null, 4, 8),
            ])
        {
            ReferenceLines = [ReferenceLine.Horizontal(FederatedCase.Center, "M₀: 1 + η(mean − M) = 0")],
        };

        PointSeries Points(string? name, int? environments, double radius)
        {
            (double Clients, double Spread)[] measured =
            [
                .. from own in data.Cases
                   where own.LocalSteps == localSteps && own.Environments == environments
                   from end in new[] { own.Measured(isUpper: false), own.Measured(isUpper: true) }
                   where end is not null
                   select ((double)own.Clients, end.Value),
            ];
            return new PointSeries(name, slot, [.. measured.Select(point => point.Clients)], [.. measured.Select(point => point.Spread)]) { Radius = radius };
        }
    }

    private static Panel Exponents(FederatedData data)
    {
        FederatedCase[] cases = [.. data.Cases.Where(own => own.LocalSteps == 5 || (own is { LocalSteps: 1, Clients: 2, Environments: null }))];
        double[] places = [.. Enumerable.Range(0, 241).Select(i => 6 + (0.1 * i))];
        return new Panel(
            "Growth of log|q| in a round",
            Axis.Linear("M").From(6, 30),
            Axis.Linear("per round").From(Lowest, Highest),
            [
                .. cases.SelectMany((own, slot) => new Series[]
                {
                    Predicted(own, slot),
                    Measured(own, slot),
                }),
            ])
        {
            ReferenceLines = [ReferenceLine.Horizontal(0, "grows above")],
        };

        LineSeries Predicted(FederatedCase own, int slot)
        {
            double[] shown = [.. places.Where(spread => own.Exponent(spread) <= Highest)];
            return new LineSeries(FederatedWindow.NameOf(own), slot, shown, [.. shown.Select(spread => Math.Max(own.Exponent(spread), Lowest))]);
        }

        // The share is q². Beyond these a run has diverged, or ended at the least number.
        static PointSeries Measured(FederatedCase own, int slot)
        {
            (double Spread, double Growth)[] points =
            [
                .. from point in own.Low.Concat(own.High)
                   let growth = point.Growth(0.5)
                   where growth is > -190 and < 100
                   select (point.Spread, growth * Math.Log(10) / (2 * own.Rounds)),
            ];
            return new PointSeries(null, slot, [.. points.Select(point => point.Spread)], [.. points.Select(point => point.Growth)]);
        }
    }
}
