namespace Hetero.Charts;

/// <summary>Draws legends: a sample of each series as it looks in the plot, and its name.</summary>
internal static class LegendDrawing
{
    private const double SampleHeight = 10;

    public static void Draw(SvgWriter svg, LegendBlock legend, double left, double top)
    {
        foreach (LegendCell cell in legend.Cells)
        {
            double x = left + cell.Place.Left;
            double y = top + cell.Place.Top;
            Sample(svg, cell.Entry, x, y + (TextStyle.Legend.LineHeight / 2));
            double text = x + LegendBlock.SampleWidth + LegendBlock.SampleGap;
            TextDrawing.Block(svg, cell.Lines, TextStyle.Legend, TextDrawing.Start, text, y);
        }
    }

    private static void Sample(SvgWriter svg, LegendEntry entry, double x, double middle)
    {
        string fill = entry.IsMissing ? "hc-missing" : Guard.Invariant($"hc-fill{entry.Slot}");
        if (entry.HasBand)
        {
            svg.Empty("rect", [("fill-opacity", LineDrawing.BandOpacity), .. Rectangle(fill, x, middle, LegendBlock.SampleWidth)]);
        }

        if (entry.HasBar || entry.IsMissing)
        {
            svg.Empty("rect", Rectangle(fill, x, middle, LegendBlock.SampleWidth));
        }

        if (entry.Dash is { } dash)
        {
            PathData path = new();
            path.Move(x, middle);
            path.Line(x + LegendBlock.SampleWidth, middle);
            LineDrawing.Stroke(svg, path.ToString(), entry.Slot, dash, entry.LineWidth);
        }

        if (entry.HasMarker)
        {
            MarkerDrawing.Marker(svg, entry.Slot, x + (LegendBlock.SampleWidth / 2), middle, 4);
        }
    }

    private static (string Name, string Value)[] Rectangle(string style, double x, double middle, double width) =>
    [
        ("class", style),
        ("x", SvgWriter.Number(x)),
        ("y", SvgWriter.Number(middle - (SampleHeight / 2))),
        ("width", SvgWriter.Number(width)),
        ("height", SvgWriter.Number(SampleHeight)),
    ];
}
