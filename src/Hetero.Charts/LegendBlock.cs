namespace Hetero.Charts;

/// <summary>Legend entries laid out in rows that fit a width.</summary>
internal sealed class LegendBlock
{
    public const double SampleWidth = 30;
    public const double SampleGap = 7;
    private const double EntryGap = 22;
    private const double RowGap = 4;

    private LegendBlock(IReadOnlyList<LegendCell> cells)
    {
        Cells = cells;
        Width = cells.Count == 0 ? 0 : cells.Max(c => c.Place.Right);
        Height = cells.Count == 0 ? 0 : cells.Max(c => c.Place.Bottom);
    }

    public IReadOnlyList<LegendCell> Cells { get; }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Entries side by side as long as they fit.</summary>
    public static LegendBlock Rows(IReadOnlyList<LegendEntry> entries, double width)
    {
        List<LegendCell> cells = [];
        double x = 0;
        double y = 0;
        double rowHeight = 0;
        foreach (LegendEntry entry in entries)
        {
            LegendCell cell = Measure(entry, width);
            if (x > 0 && x + cell.Place.Width > width)
            {
                x = 0;
                y += rowHeight + RowGap;
                rowHeight = 0;
            }

            cells.Add(cell with { Place = cell.Place with { Left = x, Top = y } });
            x += cell.Place.Width + EntryGap;
            rowHeight = Math.Max(rowHeight, cell.Place.Height);
        }

        return new(cells);
    }

    /// <summary>Entries below each other.</summary>
    public static LegendBlock Column(IReadOnlyList<LegendEntry> entries, double width)
    {
        List<LegendCell> cells = [];
        double y = 0;
        foreach (LegendEntry entry in entries)
        {
            LegendCell cell = Measure(entry, width);
            cells.Add(cell with { Place = cell.Place with { Top = y } });
            y += cell.Place.Height + RowGap;
        }

        return new(cells);
    }

    private static LegendCell Measure(LegendEntry entry, double width)
    {
        double room = Math.Max(width - SampleWidth - SampleGap, 60);
        IReadOnlyList<string> lines = TextWrap.Lines(entry.Name, TextStyle.Legend, room);
        double text = lines.Max(l => TextWidth.Of(l, TextStyle.Legend));
        return new(entry, lines, new Box(0, 0, SampleWidth + SampleGap + text, lines.Count * TextStyle.Legend.LineHeight));
    }
}
