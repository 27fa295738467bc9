using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Rivals"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class RivalsChart(Rivals figure) : FigureChart<RivalsData>(figure)
{
    private const int CurvePoints = 17;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, RivalsData data, FigureRequest request) => new(
        "Asking for invariance: where a small start ends",
        [
            .. Rivals.Penalties.Select(one => OverPenalty(one.Kind, one.Weights, data, request)),
            OverSpread(data, request),
        ])
    {
        Subtitle = "r1 = r2 = 1, orthogonal, A* of eigenvalue 1, s = 1 ± 4 (V-REx: 0 or 5 with odds 0.8 and 0.2); "
            + $"points at m = {figure.Common.Samples} have d = {figure.Common.Dimension}",
        Caption = "Lines: what a small start is predicted to reach at m = ∞; dotted: the global minimizer. Points: medians of trained runs. "
            + $"Last panel: λ = {string.Join(", ", Rivals.OverSpread.Select(one => $"{Texts.Of(one.Weight)} ({NameOf(one.Kind)})"))}.",
        Width = 1100,
        Columns = 3,
        SharedLegend = true,
    };

    private static string NameOf(ObjectiveKind kind) => RecipeWords.Objectives.NameOf(kind);

    private Panel OverPenalty(ObjectiveKind kind, double[] weights, RivalsData data, FigureRequest request)
    {
        string method = NameOf(kind);
        double low = Math.Log(weights[0] / 2), high = Math.Log(weights[^1] * 2);
        double[] x = [.. Enumerable.Range(0, CurvePoints).Select(i => Math.Exp(low + ((high - low) * i / (CurvePoints - 1))))];
        RivalPrediction[] predictions = [.. x.Select(weight => new RivalPrediction(kind, weight, Rivals.LawOf(kind), figure.Common.Dimension, 0))];
        (double A, double B)[] small = new (double, double)[x.Length], global = new (double, double)[x.Length];
        request.InParallel(x.Length, i => (small[i], global[i]) = (predictions[i].SmallStart(), predictions[i].Global()));
        return new Panel(
            method,
            Axis.Log("λ") with { Tight = true },
            Axis.Linear("share").From(0, kind == ObjectiveKind.VRex ? 2.8 : 1.4),
            [
                new LineSeries("true share a", 0, x, [.. small.Select(end => end.A)]),
                new LineSeries(null, 0, x, [.. global.Select(end => end.A)]) { Dash = LineDash.Dotted },
                new LineSeries("spurious share b", 1, x, [.. small.Select(end => end.B)]),
                new LineSeries(null, 1, x, [.. global.Select(end => end.B)]) { Dash = LineDash.Dotted },
                Points("a, m = ∞", 0, true, one => one.A, 4),
                Points("b, m = ∞", 1, true, one => one.B, 4),
                Points($"a, m = {figure.Common.Samples}", 2, false, one => one.A, 3),
                Points($"b, m = {figure.Common.Samples}", 3, false, one => one.B, 3),
            ]);

        PointSeries Points(string name, int slot, bool isPopulation, Func<RivalCase, double> of, double radius)
        {
            RivalCase[] all = [.. data.Cases.Where(one => one.Method == method && one.IsPopulation == isPopulation)];
            RivalCase[] own = [.. weights.Select(weight => all.First(one => one.Penalty == weight))];
            return new PointSeries(name, slot, [.. own.Select(one => one.Penalty)], [.. own.Select(of)]) { Radius = radius };
        }
    }

    private static Panel OverSpread(RivalsData data, FigureRequest request)
    {
        double[] x = [.. Enumerable.Range(0, 11).Select(i => 1 + (i / 2.0))];
        return new Panel(
            "spurious share over M",
            Axis.Linear("M") with { Tight = true },
            Axis.Linear("b").From(0, 1.2),
            [
                .. Rivals.OverSpread.SelectMany((one, slot) =>
                {
                    string method = NameOf(one.Kind);
                    double[] y = new double[x.Length];
                    request.InParallel(x.Length, i => y[i] = new RivalPrediction(one.Kind, one.Weight, Rivals.TwoPoints(x[i]), 2, 0).SmallStart().B);
                    RivalCase[] all = [.. data.Cases.Where(run => run.Method == method && run.IsPopulation && run.Penalty == one.Weight)];
                    RivalCase[] own = [.. all.Where(run => run.Law.StartsWith("1 ±", StringComparison.Ordinal))];
                    return new Series[]
                    {
                        new LineSeries($"b of {method}", slot + 3, x, y),
                        new PointSeries(null, slot + 3, [.. own.Select(run => run.Spread!.Value)], [.. own.Select(run => run.B)]),
                    };
                }),
            ]);
    }
}
