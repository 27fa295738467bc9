using Hetero.Charts;
using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Supermartingale"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class SupermartingaleChart(Supermartingale figure) : FigureChart<SupermartingaleRegion[]>(figure)
{
    private const double SimulatedStepSize = 0.05;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, SupermartingaleRegion[] regions, FigureRequest request) => new(
        "Where a power of the spurious part is a supermartingale",
        [.. from isNear in new[] { true, false } from law in Supermartingale.Laws select CreatePanel(regions, law.Name, law.Law, isNear)])
    {
        Subtitle = $"E|1 + ηs|^(1−γ) ≤ 1 between the two lines of one colour, mean {Texts.Of(Supermartingale.SpuriousMean)}",
        Caption = "Exact. The shaded region is the limit γ → 1, E log|1 + ηs| < 0, where the spurious part dies out in the long run; "
            + "within it lie the regions of "
            + "smaller γ. Theorem 2's window is empty below M = 3073 (two points) and 9217 (uniform). Section 5 has η = 0.05 and M from 1 to 10.",
        Width = 1100,
        Columns = 2,
        SharedLegend = true,
    };

    private static Panel CreatePanel(SupermartingaleRegion[] regions, string name, ScalarLaw law, bool isNear)
    {
        double last = isNear ? Supermartingale.NearSpread : Supermartingale.LargestSpread;
        SupermartingaleRegion[] own = [.. regions.Where(region => region.Law == name && region.Spread <= last * 1.1)];
        List<Series> series = [];
        SupermartingaleRegion[] limit = [.. own.Where(region => region.IsLimit)];
        series.Add(new BandSeries(null, 0, X(limit), Y(limit, region => region.Lower), Y(limit, region => region.Upper)));
        AddEnds(series, "γ → 1: E log|1 + ηs| < 0", 0, LineDash.Solid, limit);
        for (int i = Supermartingale.Gammas.Length - 1; i >= 0; i--)
        {
            string label = i == 0 ? "γ = 1/3, as in Lemma 7" : $"γ = {Texts.Of(Supermartingale.Gammas[i])}";
            AddEnds(series, label, Supermartingale.Gammas.Length - i, LineDash.BySlot, [.. own.Where(region => region.Gamma == Supermartingale.Gammas[i])]);
        }

        if (isNear)
        {
            double[] simulated = [.. Enumerable.Range((int)Supermartingale.LeastSpread, 9).Select(spread => (double)spread)];
            series.Add(new PointSeries("section 5: η = 0.05", 7, simulated, [.. simulated.Select(_ => SimulatedStepSize)]) { Radius = 3 });
        }
        else
        {
            SpuriousRegularity[] windows = [.. limit.Select(region => Supermartingale.RegularityOf(law, region.Spread))];
            double[] x = X(limit);
            int[] open = [.. Enumerable.Range(0, x.Length).Where(i => !windows[i].IsWindowEmpty)];
            series.Add(new BandSeries(
                "Theorem 2: 24/M2 < η < 1/(64·M1)",
                4,
                [.. open.Select(i => x[i])],
                [.. open.Select(i => windows[i].Window.Lower)],
                [.. open.Select(i => windows[i].Window.Upper)]));
        }

        string range = isNear ? "near section 5" : "as far as Theorem 2";
        Axis vertical = Axis.Log("η").From(isNear ? 1e-3 : 1e-8, 2);
        string title = $"{(law == ScalarLaw.TwoPoint ? "Two points, s = mean ± M" : "Uniform, s within mean ± M")}: {range}";
        return new Panel(title, Axis.Log("M").From(Supermartingale.LeastSpread, last), vertical, series);
    }

    private static void AddEnds(List<Series> series, string label, int slot, LineDash dash, SupermartingaleRegion[] regions)
    {
        series.Add(new LineSeries(label, slot, X(regions), Y(regions, region => region.Lower)) { Dash = dash });
        series.Add(new LineSeries(label, slot, X(regions), Y(regions, region => region.Upper)) { Dash = dash });
    }

    private static double[] X(SupermartingaleRegion[] regions) => [.. regions.Select(region => region.Spread)];

    private static double[] Y(SupermartingaleRegion[] regions, Func<SupermartingaleRegion, double> end) => [.. regions.Select(end)];
}
