using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

/// <summary>One chart of each kind, and one of everything that tends to break a layout.</summary>
internal static class Samples
{
    private static readonly double[] X = [.. Enumerable.Range(0, 41).Select(i => i * 5.0)];

    public static IReadOnlyDictionary<string, Chart> All { get; } = new Dictionary<string, Chart>
    {
        ["line"] = One(new LineSeries("a line", 0, X, Curve(1))),
        ["dashes"] = One([.. Enum.GetValues<LineDash>().Select((d, i) => new LineSeries(d.ToString(), i, X, Curve(1 + i)) { Dash = d })]),
        ["band"] = One(new BandSeries(null, 1, X, Curve(0.5), Curve(2)), new LineSeries("median", 1, X, Curve(1))),
        ["points"] = One([.. Enumerable.Range(0, Palette.Slots).Select(s => new PointSeries($"slot {s}", s, X, Curve(s), Curve(s - 1), Curve(s + 1)))]),
        ["bars"] = Bars(),
        ["heat"] = Heat(Axis.Linear("share")),
        ["log heat"] = Heat(Axis.Log("share")),
        ["empty"] = One(),
        ["gaps"] = One(new LineSeries("gaps", 0, X, [.. Curve(1).Select((y, i) => i % 7 == 3 ? double.NaN : i % 11 == 5 ? double.PositiveInfinity : y)])),
        ["log"] = new("Logarithmic", [new Panel(null, Axis.Log("m"), Axis.Log("error"), [new LineSeries("e", 2, [1, 10, 1e5], [1, 1e-3, 1e-9])])]),
        ["references"] = References(),
        ["figure"] = Figure(),
        ["crowded"] = Crowded(),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static double[] Curve(double scale) => [.. X.Select(x => scale * x * (200 - x) / 1e4)];

    public static Panel PanelOf(params Series[] series) => new("Panel", Axis.Linear("step t"), Axis.Linear("value"), series);

    public static Chart One(params Series[] series) => new("A chart", [PanelOf(series)]) { Width = 500 };

    private static Chart Bars() => new("Bars",
    [
        new Panel("Named", Axis.Named("method", ["exact law", "regenerated", "a name that is far too long to stand level"]), Axis.Linear("time") with { Unit = "ms" },
        [
            new BarSeries("wide", 0, [0, 1, 2], [1, 30, -10], [0.5, 25, -12], [1.5, 36, -9]),
            new BarSeries("scalar", 1, [0, 1, 2], [3, double.NaN, 12]),
        ]),
        new Panel("Logarithmic", Axis.Log("m"), Axis.Log("time"), [new BarSeries("b", 2, [10, 100, 1000], [0.02, 0.3, 4])]),
    ]);

    private static Chart Heat(Axis colors)
    {
        double[,] values = new double[4, 5];
        for (int i = 0; i < values.Length; i++)
        {
            values[i / 5, i % 5] = i == 7 ? double.NaN : (i + 1) / 20.0;
        }

        HeatMap map = new([1, 2, 3, 4, 6], [0.01, 0.02, 0.04, 0.08], values, colors);
        return new("Heat",
        [
            new Panel("Cells", Axis.Linear("M"), Axis.Log("η"), [map, new LineSeries("threshold", 1, [0, 9], [1, 1e-3])])
            {
                ReferenceLines = [ReferenceLine.Horizontal(0.03, "a level"), ReferenceLine.Vertical(3, "a spread")],
            },
        ])
        { Width = 560 };
    }

    private static Chart References() => new("References",
    [
        new Panel("Thresholds", Axis.Linear("M").From(0, 10), Axis.Linear("share").From(0, 1), [new LineSeries("s", 0, [0, 10], [1, 0])])
        {
            ReferenceLines =
            [
                ReferenceLine.Vertical(5, "the paper's"),
                ReferenceLine.Vertical(5.2, "right next to it"),
                ReferenceLine.Vertical(9.9, "at the edge, with a text that has to be broken"),
                ReferenceLine.Vertical(42, "outside"),
                ReferenceLine.Horizontal(1, "at the top"),
                ReferenceLine.Horizontal(0.98, "just below"),
                ReferenceLine.Horizontal(0),
            ],
        },
    ])
    { Width = 480 };

    private static Chart Figure()
    {
        Series[] series =
        [
            new BandSeries(null, 0, X, Curve(0.8), Curve(1.2)),
            new LineSeries("true signal", 0, X, Curve(1)),
            new BandSeries(null, 1, X, Curve(0.1), Curve(0.9)),
            new LineSeries("spurious signal", 1, X, Curve(0.4)),
            new LineSeries("one run", 1, X, Curve(0.5)) { Dash = LineDash.Dashed, Width = 1.2 },
        ];
        return new("Figure", [PanelOf(series), PanelOf(series)]) { SharedLegend = true, Subtitle = "d = 40", Caption = "seeds: 200" };
    }

    private static Chart Crowded() => new("A title with <markup> & \"quotes\" that goes on " + string.Concat(Enumerable.Repeat("and on ", 30)),
    [
        new Panel("A panel title that is longer than its plot is wide", Axis.Linear("an axis label that has to be broken into lines"), Axis.Linear("a y label that is longer than the plot is high"),
            [new LineSeries("a legend entry that needs several lines beside the plot", 5, [0, 123456789], [-1.5e-7, 3e-7])]) { Legend = LegendPlacement.Right },
        new Panel("Offset", Axis.Linear("t").From(1000.001, 1000.002), Axis.Linear("y"), [new LineSeries("seven", 3, [1000, 1001], [7, 7])]),
        new Panel(null, Axis.Log("m"), Axis.Log("e"), [.. Enumerable.Range(0, 8).Select(i => new LineSeries($"entry number {i}", i, [1e-30, 1e30], [1e-250, 1e250]))]),
    ])
    { Width = 640, PlotHeight = 140, Columns = 2, Caption = "Averyveryverylongwordwithoutanyspaces" + new string('x', 200) };
}
