namespace Hetero.Charts;

/// <summary>Draws grid, axis lines, ticks and axis labels.</summary>
internal static class AxisDrawing
{
    private const double MinorLength = 3;

    public static void DrawGrid(SvgWriter svg, PanelLayout layout)
    {
        PathData path = new();
        foreach (Tick tick in layout.Y.Axis.Ticks.Where(t => t.Label is not null))
        {
            path.Move(layout.Plot.Left, layout.Y[tick.Value]);
            path.Line(layout.Plot.Right, layout.Y[tick.Value]);
        }

        // Lines between named bars would only separate a bar from its name.
        foreach (Tick tick in layout.X.Axis.Ticks.Where(t => t.Label is not null && layout.Panel.X.Scale != AxisScale.Categories))
        {
            path.Move(layout.X[tick.Value], layout.Plot.Top);
            path.Line(layout.X[tick.Value], layout.Plot.Bottom);
        }

        if (!path.IsEmpty)
        {
            svg.Empty("path", ("class", "hc-grid"), ("d", path.ToString()));
        }
    }

    public static void Draw(SvgWriter svg, PanelLayout layout)
    {
        if (layout.Panel.HeatMap is not null)
        {
            Frame(svg, layout.Plot);
        }
        else
        {
            PathData path = new();
            path.Move(layout.Plot.Left, layout.Plot.Top);
            path.Line(layout.Plot.Left, layout.Plot.Bottom);
            path.Line(layout.Plot.Right, layout.Plot.Bottom);
            svg.Empty("path", ("class", "hc-axis"), ("d", path.ToString()));
        }

        DrawX(svg, layout);
        DrawY(svg, layout);
    }

    public static void Frame(SvgWriter svg, Box box)
    {
        PathData path = new();
        path.Polygon([(box.Left, box.Top), (box.Right, box.Top), (box.Right, box.Bottom), (box.Left, box.Bottom)]);
        svg.Empty("path", ("class", "hc-axis"), ("d", path.ToString()));
    }

    public static void Segment(SvgWriter svg, string style, double x1, double y1, double x2, double y2)
    {
        PathData path = new();
        path.Move(x1, y1);
        path.Line(x2, y2);
        svg.Empty("path", ("class", style), ("d", path.ToString()));
    }

    private static void DrawX(SvgWriter svg, PanelLayout layout)
    {
        PanelMeasure measure = layout.Measure;
        double bottom = layout.Plot.Bottom;
        PathData marks = new();
        foreach (Tick tick in layout.X.Axis.Ticks)
        {
            marks.Move(layout.X[tick.Value], bottom);
            marks.Line(layout.X[tick.Value], bottom + (tick.Label is null ? MinorLength : PanelMeasure.TickLength));
        }

        Marks(svg, marks);
        double top = bottom + PanelMeasure.TickLength + PanelMeasure.TickGap;
        foreach ((Tick tick, IReadOnlyList<string> lines) in measure.X.Labels)
        {
            double x = layout.X[tick.Value];
            if (measure.X.IsSlanted)
            {
                double half = TextStyle.TickLabel.HalfCapital;
                TextDrawing.Turned(svg, lines[0], TextStyle.TickLabel, TextDrawing.End, x + half, top + half, -TickText.Slant);
            }
            else
            {
                TextDrawing.Block(svg, lines, TextStyle.TickLabel, TextDrawing.Middle, x, top);
            }
        }

        double middle = layout.Plot.Left + (layout.Plot.Width / 2);
        TextDrawing.Block(svg, measure.XLabelLines, TextStyle.AxisLabel, TextDrawing.Middle, middle, bottom + measure.XLabelOffset);
    }

    private static void DrawY(SvgWriter svg, PanelLayout layout)
    {
        double left = layout.Plot.Left;
        PathData marks = new();
        foreach (Tick tick in layout.Y.Axis.Ticks)
        {
            marks.Move(left, layout.Y[tick.Value]);
            marks.Line(left - (tick.Label is null ? MinorLength : PanelMeasure.TickLength), layout.Y[tick.Value]);
        }

        Marks(svg, marks);
        double right = left - PanelMeasure.TickLength - PanelMeasure.TickGap;
        foreach (Tick tick in layout.Y.Axis.Ticks.Where(t => t.Label is not null))
        {
            TextDrawing.Line(
                svg, tick.Label!, TextStyle.TickLabel, TextDrawing.End, right, layout.Y[tick.Value] + TextStyle.TickLabel.HalfCapital);
        }

        IReadOnlyList<string> label = layout.Measure.YLabelLines;
        double labelLeft = right - layout.Measure.YTickWidth - PanelMeasure.LabelGap - (label.Count * TextStyle.AxisLabel.LineHeight);
        TextDrawing.Upwards(svg, label, TextStyle.AxisLabel, labelLeft, layout.Plot.Top + (layout.Plot.Height / 2));
    }

    private static void Marks(SvgWriter svg, PathData marks)
    {
        if (!marks.IsEmpty)
        {
            svg.Empty("path", ("class", "hc-axis"), ("d", marks.ToString()));
        }
    }
}
