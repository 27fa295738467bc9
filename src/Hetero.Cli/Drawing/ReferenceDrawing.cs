namespace Hetero.Cli.Drawing;

/// <summary>Draws reference lines and finds places for their labels that do not collide with each other or leave the plot.</summary>
internal static class ReferenceDrawing
{
    private const double Gap = 5;

    public static void Draw(SvgWriter svg, PanelLayout layout)
    {
        Box plot = layout.Plot;
        List<(Box Place, string Line)> labels = [];
        foreach (ReferenceLine line in layout.Panel.ReferenceLines)
        {
            AxisMap map = line.IsHorizontal ? layout.Y : layout.X;
            if (!map.Shows(line.Value))
            {
                continue;
            }

            double at = map[line.Value];
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
            Place(plot, line, at, labels);
        }

        // Labels come last, so that no line runs through one.
        foreach ((Box place, string text) in labels)
        {
            TextDrawing.Line(svg, text, TextStyle.Reference, TextDrawing.Start, place.Left, place.Top + TextStyle.Reference.Ascent);
        }
    }

    private static void Place(Box plot, ReferenceLine line, double at, List<(Box Place, string Line)> taken)
    {
        TextStyle style = TextStyle.Reference;
        double room = line.IsHorizontal ? plot.Width - (2 * Gap) : Math.Max(at - plot.Left, plot.Right - at) - (2 * Gap);
        IReadOnlyList<string> lines = TextWrap.Lines(line.Label, style, room);
        if (lines.Count == 0)
        {
            return;
        }

        double width = lines.Max(l => TextWidth.Of(l, style));
        double height = lines.Count * style.LineHeight;
        Box place;
        if (line.IsHorizontal)
        {
            // Above the line, or below it where the plot ends.
            double top = at - height - 2 >= plot.Top ? at - height - 2 : at + 3;
            place = new(plot.Right - Gap - width, top, width, height);
            while (taken.Any(t => t.Place.Overlaps(place)) && place.Left - width - Gap >= plot.Left)
            {
                place = place with { Left = place.Left - width - Gap };
            }
        }
        else
        {
            bool isRight = at + Gap + width <= plot.Right || plot.Right - at >= at - plot.Left;
            place = new(isRight ? at + Gap : at - Gap - width, plot.Top + 3, width, height);
            while (taken.Any(t => t.Place.Overlaps(place)) && place.Bottom + height <= plot.Bottom)
            {
                place = place with { Top = place.Top + style.LineHeight };
            }
        }

        for (int i = 0; i < lines.Count; i++)
        {
            taken.Add((place with { Top = place.Top + (i * style.LineHeight), Height = style.LineHeight }, lines[i]));
        }
    }
}
