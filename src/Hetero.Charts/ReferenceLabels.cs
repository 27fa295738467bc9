namespace Hetero.Charts;

/// <summary>Finds places for the labels of reference lines: inside the plot, off each other and as far as possible off lines and data.</summary>
internal sealed class ReferenceLabels(Box plot, ReferenceObstacles obstacles)
{
    private const double Gap = 6;
    private const int StepsAlong = 8;
    private const double WidestShare = 0.4;
    private readonly List<Box> _taken = [];

    /// <summary>The place of a label and its lines of text; null if the line has none.</summary>
    public (Box Place, IReadOnlyList<string> Lines)? Place(ReferenceLine line, double at)
    {
        TextStyle style = TextStyle.Reference;
        double side = Math.Max(at - plot.Left, plot.Right - at);
        double room = (line.IsHorizontal ? plot.Width : Math.Min(side, Math.Max(plot.Width * WidestShare, 140))) - (2 * Gap);
        IReadOnlyList<string> text = TextWrap.Lines(line.Label, style, room);
        if (text.Count == 0)
        {
            return null;
        }

        double width = text.Max(l => TextWidth.Of(l, style));
        double height = text.Count * style.LineHeight;
        Box[] candidates = [.. line.IsHorizontal ? AlongHorizontal(at, width, height) : AlongVertical(at, width, height)];

        // In order of harm: two labels on each other, another line through the label, data under it. Ties go to the usual place.
        Box place = candidates.MinBy(c =>
            (_taken.Count(t => t.Overlaps(c)) * 1000) + (obstacles.CountLines(c) * 100) + Math.Min(obstacles.CountData(c), 99));
        _taken.Add(place);
        return (place, text);
    }

    // The right end first, above the line and below it, then further and further to the left.
    private IEnumerable<Box> AlongHorizontal(double at, double width, double height)
    {
        double slack = plot.Width - (2 * Gap) - width;
        for (int step = 0; step <= StepsAlong; step++)
        {
            double left = plot.Left + Gap + (slack * (StepsAlong - step) / StepsAlong);
            double above = at - height - 2;
            double below = at + 3;
            if (above >= plot.Top)
            {
                yield return new(left, above, width, height);
            }

            if (below + height <= plot.Bottom || above < plot.Top)
            {
                yield return new(left, below, width, height);
            }
        }
    }

    // The top first, to the right of the line and to its left, then further and further down.
    private IEnumerable<Box> AlongVertical(double at, double width, double height)
    {
        bool fitsRight = at + Gap + width <= plot.Right;
        bool fitsLeft = at - Gap - width >= plot.Left;
        double slack = plot.Height - 6 - height;
        for (int step = 0; step <= StepsAlong; step++)
        {
            double top = plot.Top + 3 + (slack * step / StepsAlong);
            if (fitsRight || !fitsLeft)
            {
                yield return new(Math.Min(at + Gap, plot.Right - width), top, width, height);
            }

            if (fitsLeft)
            {
                yield return new(at - Gap - width, top, width, height);
            }
        }
    }
}
