namespace Hetero.Charts;

/// <summary>Draws reference lines and their labels.</summary>
internal static class ReferenceDrawing
{
    public static void DrawLines(SvgWriter svg, PanelLayout layout)
    {
        Box plot = layout.Plot;
        foreach (ReferenceLine line in Visible(layout))
        {
            double at = At(layout, line);
            (double x1, double y1, double x2, double y2) =
                line.IsHorizontal ? (plot.Left, at, plot.Right, at) : (at, plot.Top, at, plot.Bottom);
            if (layout.Panel.HeatMap is not null)
            {
                PathData path = new();
                path.Move(x1, y1);
                path.Line(x2, y2);
                svg.Empty("path", ("class", "hc-casing"), ("stroke-width", "3.5"), ("d", path.ToString()));
            }

            AxisDrawing.Segment(svg, "hc-reference", x1, y1, x2, y2);
        }
    }

    /// <summary>Apart from the lines, because data is drawn over the lines and under the labels.</summary>
    public static void DrawLabels(SvgWriter svg, PanelLayout layout)
    {
        bool hasCells = layout.Panel.HeatMap is not null;
        IEnumerable<(bool IsHorizontal, double At)> lines = Visible(layout).Select(r => (r.IsHorizontal, At(layout, r)));
        ReferenceLabels labels = new(layout.Plot, ReferenceObstacles.Of(layout, lines));
        foreach (ReferenceLine line in Visible(layout))
        {
            if (labels.Place(line, At(layout, line)) is not var (place, text))
            {
                continue;
            }

            // A halo is not enough to read text on coloured cells.
            if (hasCells)
            {
                Backdrop(svg, place);
            }

            TextDrawing.Block(svg, text, hasCells ? TextStyle.OnBackdrop : TextStyle.Reference, TextDrawing.Start, place.Left, place.Top);
        }
    }

    private static IEnumerable<ReferenceLine> Visible(PanelLayout layout) =>
        layout.Panel.ReferenceLines.Where(r => (r.IsHorizontal ? layout.Y : layout.X).Shows(r.Value));

    private static double At(PanelLayout layout, ReferenceLine line) => (line.IsHorizontal ? layout.Y : layout.X)[line.Value];

    private static void Backdrop(SvgWriter svg, Box place) => svg.Empty(
        "rect",
        ("class", "hc-paper"),
        ("fill-opacity", "0.88"),
        ("rx", "3"),
        ("x", SvgWriter.Number(place.Left - 3)),
        ("y", SvgWriter.Number(place.Top)),
        ("width", SvgWriter.Number(place.Width + 6)),
        ("height", SvgWriter.Number(place.Height)));
}
