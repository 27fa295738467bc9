using System.Globalization;
using System.Text.Json;
using Hetero.Charts;
using Hetero.Cli.FigureCharts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>
/// A sweep: over one option lines with bands, or points where it has no order; over two a line for each value of the other, or a heat map where both are numbers.
/// </summary>
internal sealed class SweepPlot
{
    private const string Spread = "spread", StepSize = "step-size", Seed = "seed", Seeds = "seeds";

    private static readonly Dictionary<string, string> Symbols = new()
    {
        [Spread] = "M", [StepSize] = "η", ["spurious-mean"] = "mean of s", ["samples"] = "m", ["dimension"] = "d", ["init-scale"] = "α", ["steps"] = "steps",
    };

    private readonly PlotRequest _request;
    private readonly PlotSource _source;
    private readonly SweepGrid _grid;
    private readonly IReadOnlyList<SweepAxis> _axes;
    private readonly EdgeMarks _marks = new();

    private SweepPlot(PlotRequest request)
    {
        (_request, _source) = (request, request.Sources[0]);
        // What the runs took of the memory of the machine that made them is no matter here.
        SweepParts parts = _source.Manifest.Read(() => SweepJson.Read(_source.Manifest.Member("sweep", JsonValueKind.Object)));
        _grid = _source.Manifest.Read(() => (parts with { Recipe = parts.Recipe with { Memory = 1L << 60 } }).Create());

        // Options that go in step are one.
        _axes = _grid.IsZipped ? [.. _grid.Axes.Take(1)] : _grid.Axes;
        CheckTable();
    }

    /// <summary>Whether a table is one.</summary>
    public static bool IsOne(PlotSource source)
        => source.Manifest.Command == "sweep" && source.Table.Columns.Contains(Seeds) && source.Table.Columns.Contains("spurious_median");

    /// <summary>Draws.</summary>
    public static Chart Draw(PlotRequest request) => new SweepPlot(request).Draw();

    private Chart Draw()
    {
        // M stands below η, as in the theory's picture.
        (SweepAxis first, SweepAxis? second) = _axes switch
        {
            [var only] => (only, null),
            [{ Option: StepSize } step, { Option: Spread } spread] => (spread, step),
            [var one, var other] => IsNumber(one) || !IsNumber(other) ? (one, other) : (other, one),
            _ => throw _source.Refuse(
                string.Create(CultureInfo.InvariantCulture, $"is of a sweep over {_axes.Count} options"), "a sweep over one option, or over two"),
        };
        bool isMap = second is not null && IsNumber(first) && IsNumber(second);
        string over = string.Join(" and ", _grid.Axes.Select(axis => axis.Option));
        return new Chart(
            $"Sweep over {over}",
            [.. _request.Quantities.Select(quantity => isMap ? Map(quantity, first, second!) : Lines(quantity, first, second))])
        {
            Subtitle = PlotPanels.Settings([.. _grid.Cells.Select(cell => cell.Recipe)]),
            Caption = PlotPanels.OfSeeds(_grid.Seeds, _grid.Axes.Any(axis => axis.Option == Seed) ? null : _grid.Recipe.Seed, isMap) + Averages() + _marks.Text,
            Width = PlotPanels.WidthOf(_request.Quantities.Count, isMap),
            PlotHeight = isMap ? 360 : 300,
            SharedLegend = true,
        };
    }

    private Panel Lines(PlotQuantity quantity, SweepAxis first, SweepAxis? second)
    {
        PlotBand all = BandOf(quantity);
        string?[] others = [.. second?.Values ?? [null!]];
        if (others.Length > Palette.Slots)
        {
            throw _source.Refuse($"has {others.Length} values of '{second!.Option}'", $"{Palette.Slots} at most, as a picture has no more colors");
        }

        bool isNumber = IsNumber(first);
        double[] x = isNumber ? Values(first) : [.. Enumerable.Range(0, first.Values.Count).Select(i => (double)i)];
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i])];
        Axis horizontal = isNumber
            ? PlotPanels.Horizontal(LabelOf(first), x, _request.IsHorizontalLog)
            : Axis.Named(first.Option, [.. first.Values.Select(value => Shown.Of(value))]);
        Axis vertical = PlotPanels.Vertical("", quantity, all.Ends, _request.IsQuantityLog);
        List<Series> series = [];
        for (int slot = 0; slot < others.Length; slot++)
        {
            PlotBand band = all.At([.. order.Select(i => CellOf(first, i, second, slot))]);
            string? name = second is null ? null : $"{second.Option} {Shown.Of(others[slot]!)}";
            double[] places = [.. order.Select(i => isNumber ? x[i] : x[i] + (0.12 * (slot - ((others.Length - 1) / 2.0))))];
            series.AddRange(isNumber
                ? [.. band.Lines(name, slot, places), new PointSeries(null, slot, places, band.Median) { Radius = 3 }]
                : [band.Points(name, slot, places)]);
            series.AddRange(isNumber ? _marks.OfLine(slot, places, band.Median, horizontal, vertical) : _marks.OfPoints(slot, places, band.Median, vertical));
        }

        return new Panel(
            TitleOf(quantity),
            horizontal,
            vertical,
            series)
        {
            ReferenceLines = [.. PredictedAlong(first, second, x)],
        };
    }

    private Panel Map(PlotQuantity quantity, SweepAxis first, SweepAxis second)
    {
        PlotBand all = BandOf(quantity);
        (double[] x, double[] y) = (Values(first), Values(second));
        int[] columns = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i])], rows = [.. Enumerable.Range(0, y.Length).OrderBy(i => y[i])];
        double[,] medians = new double[y.Length, x.Length];
        for (int row = 0; row < y.Length; row++)
        {
            for (int column = 0; column < x.Length; column++)
            {
                medians[row, column] = all.Median[CellOf(first, columns[column], second, rows[row])];
            }
        }

        return new Panel(
            TitleOf(quantity),
            MapAxis(first, x),
            MapAxis(second, y),
            [
                new HeatMap([.. x.Order()], [.. y.Order()], medians, PlotPanels.Vertical("median", quantity, all.Median, _request.IsQuantityLog))
                {
                    MissingName = all.Median.Any(double.IsNaN) ? "no number, or half of the runs diverged" : "half of the runs diverged",
                },
                .. first.Option == Spread && second.Option == StepSize ? Curves([.. y.Order()]) : [],
            ]);
    }

    /// <summary>The axis of a map: half a cell beyond the first and the last value, but not below 0 where no value is.</summary>
    private Axis MapAxis(SweepAxis axis, double[] values)
    {
        Axis whole = PlotPanels.Horizontal(LabelOf(axis), values, _request.IsHorizontalLog, isWhole: true);
        double[] sorted = [.. values.Order()];
        bool isBelow = sorted.Length > 1 && sorted[0] >= 0 && sorted[0] - ((sorted[1] - sorted[0]) / 2) < 0;
        return whole.Scale == AxisScale.Linear && isBelow ? whole with { Minimum = 0 } : whole;
    }

    /// <summary>Where E log|1 + ηs| = 0, a little beyond the cells.</summary>
    private IEnumerable<Series> Curves(double[] stepSizes)
    {
        const int Points = 81;
        (double low, double high) = (stepSizes[0] * 0.8, stepSizes[^1] * 1.25);
        (double Step, (double Lower, double Upper)? Window)[] found =
        [
            .. from i in Enumerable.Range(0, low > 0 ? Points : 0)
               let step = low * Math.Pow(high / low, i / (Points - 1.0))
               select (step, PredictedWindow.Of(_grid.Cells[0].Recipe with { StepSize = step })),
        ];
        (double Step, (double Lower, double Upper)? Window)[] own = [.. found.Where(point => point.Window is not null)];
        if (own.Length > 0)
        {
            double[] y = [.. own.Select(point => point.Step)];
            yield return new LineSeries("E log|1 + ηs| = 0, lower M", 1, [.. own.Select(point => point.Window!.Value.Lower)], y) { Width = 2.5, Dash = LineDash.Solid };
            yield return new LineSeries("the same, upper M", 1, [.. own.Select(point => point.Window!.Value.Upper)], y) { Width = 2.5, Dash = LineDash.Dashed };
        }
    }

    /// <summary>The same on a line over M, where nothing that it depends on varies, as far as it is in sight.</summary>
    private IEnumerable<ReferenceLine> PredictedAlong(SweepAxis first, SweepAxis? second, double[] x)
    {
        (double Lower, double Upper)?[] windows = [.. _grid.Cells.Select(cell => PredictedWindow.Of(cell.Recipe)).Distinct()];
        if (first.Option == Spread && second?.Option != StepSize && windows is [{ } window])
        {
            foreach (double end in new[] { window.Lower, window.Upper }.Where(end => end > x.Min() && end < x.Max()))
            {
                yield return ReferenceLine.Vertical(end, "E log|1 + ηs| = 0");
            }
        }
    }

    private PlotBand BandOf(PlotQuantity quantity)
    {
        _ = PlotPanels.Numbers(_source, $"{quantity.Name}_median");
        return PlotBand.Of(_source, $"{quantity.Name}_");
    }

    /// <summary>The table has a row for each cell, with its values in their order.</summary>
    private void CheckTable()
    {
        string[] columns = [.. _grid.Axes.Select(axis => axis.Option.Replace('-', '_'))];
        int seeds = _source.Table.Columns.TakeWhile(column => column != Seeds).Count();
        bool isWhole = _source.Has(columns) && _source.Table.Rows.Count == _grid.Cells.Count
            && _source.Table.Rows.Zip(_grid.Cells).All(pair => pair.First.Take(columns.Length).SequenceEqual(pair.Second.Values) && pair.First[seeds] == Texts.Of(_grid.Seeds));
        if (!isWhole)
        {
            throw _source.Refuse($"has other cells than its manifest, '{Shown.Of(_source.Manifest.Path)}'", "the whole table of cells of that sweep");
        }

        if (_axes.Count == 0)
        {
            throw _source.Refuse("is of a sweep over no option", "a sweep over one option, or over two");
        }
    }

    /// <summary>The row of a choice of values: the last option varies fastest.</summary>
    private int CellOf(SweepAxis first, int i, SweepAxis? second, int j)
        => second is null ? i : first == _axes[0] ? (i * second.Values.Count) + j : (j * first.Values.Count) + i;

    private static double[] Values(SweepAxis axis) => [.. axis.Values.Select(value => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static string TitleOf(PlotQuantity quantity) => QuantityAxis.TitleOf(quantity.Of) + (quantity.IsMean ? ", time average" : "");

    private string Averages() => _request.Quantities.Any(quantity => quantity.IsMean)
        ? string.Create(CultureInfo.InvariantCulture, $" Time averages are over the recorded steps from {_grid.AverageFrom * 100:0.##} % of all on.")
        : "";

    /// <summary>Whether values are numbers that have places of their own; long seeds have none.</summary>
    private static bool IsNumber(SweepAxis axis)
        => axis.RunOption.Form == RecipeForm.Number
            && axis.Values.All(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            && Values(axis).Distinct().Count() == axis.Values.Count;

    private static string LabelOf(SweepAxis axis) => Symbols.GetValueOrDefault(axis.Option, axis.Option);
}
