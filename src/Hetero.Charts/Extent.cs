namespace Hetero.Charts;

/// <summary>The range that the data of a panel cover along one axis.</summary>
/// <param name="Low">The smallest value; above <paramref name="High"/> if there is none.</param>
/// <param name="High">The largest value.</param>
/// <param name="IsTight">Whether the axis should end where the data do: cells and bars already bring their own margin.</param>
internal readonly record struct Extent(double Low, double High, bool IsTight)
{
    public static readonly Extent None = new(double.PositiveInfinity, double.NegativeInfinity, false);

    public bool IsEmpty => Low > High;

    /// <summary>Whether the axis has a place for the value, leaving aside what it does with values without a logarithm.</summary>
    public static bool IsUsable(double value, Axis axis) =>
        Guard.IsDrawable(value) && (axis.Scale != AxisScale.Log10 || value >= Guard.SmallestPositive);

    public static Extent OfX(Panel panel)
    {
        // The cells are the picture; what is drawn over them must not open an empty margin.
        if (panel.HeatMap is { } map)
        {
            return None.With(CellEdges.Of(map.X, panel.X.Scale), panel.X) with { IsTight = true };
        }

        Extent extent = None;
        foreach (Series series in panel.Series)
        {
            extent = series switch
            {
                LineSeries line => extent.With(line.X, panel.X),
                BandSeries band => extent.With(band.X, panel.X),
                WhiskeredSeries whiskered => extent.With(whiskered.X, panel.X),
                _ => extent,
            };
        }

        extent = extent.With([.. panel.ReferenceLines.Where(r => !r.IsHorizontal).Select(r => r.Value)], panel.X);
        if (!panel.Series.Any(s => s is BarSeries) || extent.IsEmpty)
        {
            return extent;
        }

        double half = BarSpacing.Of(panel) / 2;
        return panel.X.Scale == AxisScale.Log10
            ? new(extent.Low / Math.Sqrt(half * 2), extent.High * Math.Sqrt(half * 2), true)
            : new(extent.Low - half, extent.High + half, true);
    }

    public static Extent OfY(Panel panel)
    {
        if (panel.HeatMap is { } map)
        {
            return None.With(CellEdges.Of(map.Y, panel.Y.Scale), panel.Y) with { IsTight = true };
        }

        Extent extent = None;
        foreach (Series series in panel.Series)
        {
            extent = series switch
            {
                LineSeries line => extent.With(line.Y, panel.Y),
                BandSeries band => extent.With(band.Low, panel.Y).With(band.High, panel.Y),
                WhiskeredSeries whiskered => extent
                    .With(whiskered.Y, panel.Y)
                    .With(whiskered.Low ?? [], panel.Y)
                    .With(whiskered.High ?? [], panel.Y),
                _ => extent,
            };
        }

        // A bar is a length from zero, so zero has to be in sight.
        if (panel.Y.Scale == AxisScale.Linear && panel.Series.Any(s => s is BarSeries))
        {
            extent = extent.With([0], panel.Y);
        }

        return extent.With([.. panel.ReferenceLines.Where(r => r.IsHorizontal).Select(r => r.Value)], panel.Y);
    }

    public static Extent OfColors(HeatMap map) => None.With([.. map.Values.Cast<double>()], map.Colors);

    private Extent With(double[] values, Axis axis)
    {
        double low = Low;
        double high = High;
        foreach (double value in values)
        {
            if (IsUsable(value, axis))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        return new(low, high, IsTight);
    }
}
