namespace Hetero.Charts;

/// <summary>Draws lines and bands, cut to the plot and broken at missing values.</summary>
internal static class LineDrawing
{
    public const string BandOpacity = "0.2";

    public static void Draw(SvgWriter svg, PanelLayout layout, LineSeries series)
    {
        PathData path = new();
        List<(double X, double Y)> lonely = [];
        foreach (List<(double X, double Y)> run in Runs(layout, series.X, series.Y))
        {
            if (run.Count == 1)
            {
                lonely.Add(run[0]);
            }

            Append(path, layout.Plot, Thinning.Line(run));
        }

        if (!path.IsEmpty)
        {
            // On coloured cells a line needs an edge to be seen.
            if (layout.Panel.HeatMap is not null)
            {
                svg.Empty("path", ("class", "hc-casing"), ("stroke-width", SvgWriter.Number(series.Width + 3)), ("d", path.ToString()));
            }

            Stroke(svg, path.ToString(), series.Slot, series.Dash, series.Width);
        }

        // A value between two gaps has no line to show it.
        foreach ((double x, double y) in lonely.Where(p => layout.Plot.Contains(p.X, p.Y)))
        {
            svg.Empty(
                "circle",
                ("class", Guard.Invariant($"hc-fill{series.Slot}")),
                ("cx", SvgWriter.Number(x)),
                ("cy", SvgWriter.Number(y)),
                ("r", SvgWriter.Number(series.Width)));
        }
    }

    public static void Draw(SvgWriter svg, PanelLayout layout, BandSeries series)
    {
        PathData path = new();
        List<(double X, double Low, double High)> run = [];
        for (int i = 0; i <= series.X.Length; i++)
        {
            if (i < series.X.Length
                && layout.X.TryMap(series.X[i], out double x)
                && layout.Y.TryMap(series.Low[i], out double low)
                && layout.Y.TryMap(series.High[i], out double high))
            {
                run.Add((x, low, high));
                continue;
            }

            if (run.Count == 1)
            {
                // A band without length would be invisible.
                run = [run[0] with { X = run[0].X - 1 }, run[0] with { X = run[0].X + 1 }];
            }

            run = Thinning.Band(run);
            List<(double X, double Y)> outline = [.. run.Select(p => (p.X, p.High)), .. Enumerable.Reverse(run).Select(p => (p.X, p.Low))];
            path.Polygon(Clip.Polygon(layout.Plot, outline));
            run = [];
        }

        if (!path.IsEmpty)
        {
            svg.Empty(
                "path",
                ("class", Guard.Invariant($"hc-fill{series.Slot}")),
                ("fill-opacity", BandOpacity),
                ("d", path.ToString()));
        }
    }

    /// <summary>A stroke in the colour and dash of a slot.</summary>
    public static void Stroke(SvgWriter svg, string path, int slot, LineDash dash, double width)
    {
        string style = Guard.Invariant($"hc-line{slot}");
        string pattern = Palette.DashPattern(dash, slot);
        if (pattern.Length == 0)
        {
            svg.Empty("path", ("class", style), ("stroke-width", SvgWriter.Number(width)), ("d", path));
        }
        else
        {
            svg.Empty("path", ("class", style), ("stroke-width", SvgWriter.Number(width)), ("stroke-dasharray", pattern), ("d", path));
        }
    }

    public static IEnumerable<List<(double X, double Y)>> Runs(PanelLayout layout, double[] xs, double[] ys)
    {
        List<(double X, double Y)> run = [];
        for (int i = 0; i < xs.Length; i++)
        {
            if (layout.X.TryMap(xs[i], out double x) && layout.Y.TryMap(ys[i], out double y))
            {
                run.Add((x, y));
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static void Append(PathData path, Box plot, List<(double X, double Y)> points)
    {
        (double X, double Y)? pen = null;
        for (int i = 1; i < points.Count; i++)
        {
            (double X, double Y) from = points[i - 1];
            (double X, double Y) to = points[i];
            if (!Clip.Segment(plot, ref from, ref to))
            {
                continue;
            }

            if (pen != from)
            {
                path.Move(from.X, from.Y);
            }

            path.Line(to.X, to.Y);
            pen = to;
        }
    }
}
