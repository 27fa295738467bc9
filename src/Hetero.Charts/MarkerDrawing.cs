namespace Hetero.Charts;

/// <summary>Draws points and whiskers. Each slot has a shape of its own, so that points can be told apart without colours.</summary>
internal static class MarkerDrawing
{
    private const double CapHalfWidth = 4;

    public static void Draw(SvgWriter svg, PanelLayout layout, PointSeries series)
    {
        for (int i = 0; i < series.X.Length; i++)
        {
            if (!layout.X.Shows(series.X[i]) || !layout.X.TryMap(series.X[i], out double x))
            {
                continue;
            }

            if (!layout.Y.TryMap(series.Y[i], out double y))
            {
                continue;
            }

            Whisker(svg, layout, series, i, x, isOnBar: false);
            if (layout.Plot.Contains(x, y))
            {
                Marker(svg, series.Slot, x, y, series.Radius);
            }
        }
    }

    /// <summary>The whisker of a value, cut to the plot; a cap is drawn only where the end really is.</summary>
    public static void Whisker(SvgWriter svg, PanelLayout layout, WhiskeredSeries series, int index, double x, bool isOnBar)
    {
        if (series.Low is null
            || series.High is null
            || !layout.Y.TryMap(series.Low[index], out double low)
            || !layout.Y.TryMap(series.High[index], out double high)
            || high > layout.Plot.Bottom
            || low < layout.Plot.Top)
        {
            return;
        }

        PathData path = new();
        double left = Math.Max(x - CapHalfWidth, layout.Plot.Left);
        double right = Math.Min(x + CapHalfWidth, layout.Plot.Right);
        double bottom = Math.Min(low, layout.Plot.Bottom);
        double top = Math.Max(high, layout.Plot.Top);
        path.Move(x, bottom);
        path.Line(x, top);
        if (low <= layout.Plot.Bottom)
        {
            path.Move(left, low);
            path.Line(right, low);
        }

        if (high >= layout.Plot.Top)
        {
            path.Move(left, high);
            path.Line(right, high);
        }

        // The edge keeps the whisker visible on its own bar; elsewhere it would only cut lines.
        if (isOnBar)
        {
            svg.Empty("path", ("class", "hc-casing"), ("stroke-width", "3.5"), ("stroke-opacity", "0.7"), ("d", path.ToString()));
        }

        svg.Empty("path", ("class", "hc-whisker"), ("d", path.ToString()));
    }

    public static void Marker(SvgWriter svg, int slot, double x, double y, double r)
    {
        string style = Guard.Invariant($"hc-fill{slot}");
        if (slot == 0)
        {
            svg.Empty("circle", ("class", style), ("cx", SvgWriter.Number(x)), ("cy", SvgWriter.Number(y)), ("r", SvgWriter.Number(r)));
            return;
        }

        PathData path = new();
        path.Polygon([.. Outline(slot, r).Select(p => (x + p.X, y + p.Y))]);
        svg.Empty("path", ("class", style), ("d", path.ToString()));
    }

    private static (double X, double Y)[] Outline(int slot, double r)
    {
        double s = r * 0.9;
        double l = r * 1.2;
        double t = r * 0.4;
        return slot switch
        {
            1 => [(-s, -s), (s, -s), (s, s), (-s, s)],
            2 => [(0, -l), (l, s), (-l, s)],
            3 => [(0, -l), (l, 0), (0, l), (-l, 0)],
            4 => [(0, l), (l, -s), (-l, -s)],
            5 => [(-t, -l), (t, -l), (t, -t), (l, -t), (l, t), (t, t), (t, l), (-t, l), (-t, t), (-l, t), (-l, -t), (-t, -t)],
            6 => [(-l, -t), (l, -t), (l, t), (-l, t)],
            _ => [(-t, -l), (t, -l), (t, l), (-t, l)],
        };
    }
}
