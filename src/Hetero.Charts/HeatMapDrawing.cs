namespace Hetero.Charts;

/// <summary>Draws the cells of a heat map and its colour scale.</summary>
internal static class HeatMapDrawing
{
    private const int ScaleSteps = 64;
    private const double Overlap = 0.6;

    public static void Draw(SvgWriter svg, PanelLayout layout, HeatMap map)
    {
        AxisMap colors = new(layout.Measure.Colors!, 0, 1);
        double[] x = [.. CellEdges.Of(map.X, layout.Panel.X.Scale).Select(e => Inside(layout.X, e))];
        double[] y = [.. CellEdges.Of(map.Y, layout.Panel.Y.Scale).Select(e => Inside(layout.Y, e))];

        // Without smoothing the paper does not shine through between cells.
        svg.Open("g", ("shape-rendering", "crispEdges"));
        for (int row = 0; row < map.Y.Length; row++)
        {
            for (int start = 0, end; start < map.X.Length; start = end)
            {
                // Neighbours of one colour become one rectangle.
                string? color = Color(colors, map.Values[row, start]);
                end = start + 1;
                while (end < map.X.Length && Color(colors, map.Values[row, end]) == color)
                {
                    end++;
                }

                // Each cell reaches over the edge of the ones before it: edges that only touch leave hairlines when a viewer scales the picture.
                double left = Math.Max(x[start] - Overlap, layout.Plot.Left);
                double bottom = Math.Min(y[row] + Overlap, layout.Plot.Bottom);
                Cell(svg, color, left, y[row + 1], x[end] - left, bottom - y[row + 1]);
            }
        }

        svg.Close();
    }

    public static void DrawScale(SvgWriter svg, PanelLayout layout)
    {
        if (layout.Measure.Colors is not { } colors)
        {
            return;
        }

        Box plot = layout.Plot;
        Box bar = new(plot.Right + PanelMeasure.ColorBarGap, plot.Top, PanelMeasure.ColorBarWidth, plot.Height);
        svg.Open("g", ("shape-rendering", "crispEdges"));
        for (int i = 0; i < ScaleSteps; i++)
        {
            double top = bar.Bottom - ((i + 1) * bar.Height / ScaleSteps);
            double height = (bar.Height / ScaleSteps) + (i > 0 ? Overlap : 0);
            Cell(svg, ColorRamp.At((i + 0.5) / ScaleSteps), bar.Left, top, bar.Width, height);
        }

        svg.Close();
        AxisDrawing.Frame(svg, bar);
        AxisMap map = new(colors, bar.Bottom, bar.Top);
        double right = bar.Right + PanelMeasure.TickLength;
        foreach (Tick tick in colors.Ticks)
        {
            double y = map[tick.Value];
            bool isMajor = tick.Label is not null;
            AxisDrawing.Segment(svg, "hc-axis", bar.Right, y, bar.Right + (isMajor ? PanelMeasure.TickLength : 3), y);
            if (isMajor)
            {
                double baseline = y + TextStyle.TickLabel.HalfCapital;
                TextDrawing.Line(svg, tick.Label!, TextStyle.TickLabel, TextDrawing.Start, right + PanelMeasure.TickGap, baseline);
            }
        }

        double label = right + PanelMeasure.TickGap + layout.Measure.ColorTickWidth + PanelMeasure.LabelGap;
        TextDrawing.Upwards(svg, layout.Measure.ColorLabelLines, TextStyle.AxisLabel, label, plot.Top + (plot.Height / 2));
    }

    private static double Inside(AxisMap map, double value)
    {
        map.TryMapInside(value, out double pixel);
        return pixel;
    }

    private static string? Color(AxisMap colors, double value) =>
        colors.TryMap(value, out double share) ? ColorRamp.At(share) : null;

    private static void Cell(SvgWriter svg, string? color, double x, double y, double width, double height)
    {
        // A cell outside a fixed range has been squeezed to nothing.
        if (width <= Overlap || height <= Overlap)
        {
            return;
        }

        svg.Empty(
            "rect",
            color is null ? ("class", "hc-missing") : ("fill", color),
            ("x", SvgWriter.Number(x)),
            ("y", SvgWriter.Number(y)),
            ("width", SvgWriter.Number(width)),
            ("height", SvgWriter.Number(height)));
    }
}
