using Hetero.Charts;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="MomentumWindow"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class MomentumWindowChart(MomentumWindow figure) : FigureChart<MomentumData>(figure)
{
    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, MomentumData data, FigureRequest request) => new(
        "Heterogeneity with momentum: where the spurious part dies out",
        [
            .. Enum.GetValues<MomentumKind>().Select(kind => Windows(kind, data)),
            .. Enum.GetValues<MomentumKind>().Select(kind => Shares(kind, data)),
        ])
    {
        Subtitle = $"HeteroSGD at m = ∞, s = {Texts.Of(figure.Common.SpuriousMean)} ± M, η = η_eff·(1 − β)",
        Caption = "Top: within a line the exponent of the 2×2 products is below 0; points: where the median late share of "
            + $"{figure.SeedCount(request.Seeds)} seeds from {request.Seed} falls below 0.001. Bottom: that share around the predicted lower end, for all momenta with one, at η_eff = 0.05.",
        Width = 1100,
        Columns = 2,
    };

    private static Panel Windows(MomentumKind kind, MomentumData data)
    {
        List<Series> series = [];
        for (int slot = 0; slot < MomentumWindow.EffectiveSteps.Length; slot++)
        {
            double step = MomentumWindow.EffectiveSteps[slot];
            MomentumBoundary boundary = data.Boundaries.Single(own => own.Kind == kind && own.EffectiveStep == step);
            series.Add(new LineSeries(
                $"predicted, η_eff = {Texts.Of(step)}",
                slot,
                [.. boundary.Windows.Select(window => window.Momentum), .. boundary.Windows.Reverse().Select(window => window.Momentum)],
                [.. boundary.Windows.Select(window => window.Lower), .. boundary.Windows.Reverse().Select(window => window.Upper)]));
            (double Momentum, double Threshold)[] measured =
            [
                .. from own in data.Cases
                   where (own.Kind == kind || own.Momentum == 0) && own.EffectiveStep == step
                   let threshold = own.MeasuredThreshold()
                   where threshold is not null
                   select (own.Momentum, threshold.Value),
            ];
            series.Add(new PointSeries(
                $"measured, η_eff = {Texts.Of(step)}",
                slot,
                [.. measured.Select(point => point.Momentum)],
                [.. measured.Select(point => point.Threshold)]));
        }

        return new Panel(
            $"{Title(kind)}: the window of M", Axis.Linear("β").From(0, 1), Axis.Log("M").From(3, 50), series);
    }

    private static Panel Shares(MomentumKind kind, MomentumData data)
    {
        MomentumCase[] cases =
            [.. data.Cases.Where(own => (own.Kind == kind || own.Momentum == 0) && own is { EffectiveStep: 0.05, Window: not null })];
        return new Panel(
            $"{Title(kind)}: late spurious share, η_eff = 0.05",
            Axis.Linear("M over the predicted lower end").From(0.86, 1.14),
            Axis.Log("median late share").From(1e-12, 10),
            [
                .. cases.Select((own, slot) => new LineSeries(
                    $"β = {Texts.Of(own.Momentum)}",
                    slot,
                    [.. own.Sweeps.Select(sweep => sweep.Recipe.Spread / own.Window!.Value.Lower)],
                    [.. own.Sweeps.Select(sweep => Math.Max(MomentumCase.LateShare(sweep).Median, 1e-30))])),
            ])
        {
            ReferenceLines = [ReferenceLine.Vertical(1, "predicted"), ReferenceLine.Horizontal(MomentumCase.Gone, "0.001")],
        };
    }

    private static string Title(MomentumKind kind) => kind == MomentumKind.HeavyBall ? "Heavy ball" : "Nesterov";
}
