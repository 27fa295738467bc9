namespace Hetero.Charts;

/// <summary>One plot: two axes, what is drawn between them, and a legend.</summary>
internal sealed class Panel
{
    public Panel(string? title, Axis x, Axis y, IReadOnlyList<Series> series)
    {
        Title = title is null ? null : Guard.Text(title, nameof(title));
        X = Guard.NotNull(x, nameof(x));
        Y = Guard.NotNull(y, nameof(y));
        if (series is null || series.Any(s => s is null))
        {
            throw new ArgumentNullException(nameof(series), "series is null or has a null; accepted: a list of series.");
        }

        int heatMaps = series.Count(s => s is HeatMap);
        if (heatMaps > 1)
        {
            throw new ArgumentException(
                Guard.Invariant($"series has {heatMaps} heat maps; accepted: at most 1 in a panel."), nameof(series));
        }

        if (heatMaps > 0 && (x.Scale == AxisScale.Categories || y.Scale == AxisScale.Categories))
        {
            throw new ArgumentException("series has a heat map on an axis with names; accepted: Linear and Log10 axes.", nameof(series));
        }

        if (y.Scale == AxisScale.Categories)
        {
            throw new ArgumentException("y has the scale Categories; accepted: Linear, Log10.", nameof(y));
        }

        Series = [.. series];
        if (HeatMap is { } map)
        {
            CheckCentres(map.X, x, "x");
            CheckCentres(map.Y, y, "y");
        }
    }

    public string? Title { get; }

    public Axis X { get; }

    public Axis Y { get; }

    public IReadOnlyList<Series> Series { get; }

    public LegendPlacement Legend
    {
        get;
        init => field = Guard.Defined(value, nameof(Legend));
    }

    public IReadOnlyList<ReferenceLine> ReferenceLines
    {
        get;
        init => field = [.. Guard.NotNull(value, nameof(ReferenceLines)).Select(r => Guard.NotNull(r, nameof(ReferenceLines)))];
    } = [];

    public HeatMap? HeatMap => Series.OfType<HeatMap>().FirstOrDefault();

    private static void CheckCentres(double[] centres, Axis axis, string name)
    {
        if (axis.Scale == AxisScale.Log10 && centres[0] < Guard.SmallestPositive)
        {
            throw new ArgumentException(
                Guard.Invariant($"series has a heat map with {name}[0] = {centres[0]}; accepted: at least 1e-300 on a logarithmic axis."),
                name);
        }
    }
}
