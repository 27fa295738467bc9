namespace Hetero.Charts;

/// <summary>Where everything goes. Plots of one chart are equally large, and stand in line with each other.</summary>
internal sealed class ChartLayout
{
    private const double Margin = 18;
    private const double ColumnGap = 26;
    private const double RowGap = 22;
    private const double SmallestPlot = 120;
    private const int Passes = 8;

    public required double Width { get; init; }

    public required double Height { get; init; }

    public required IReadOnlyList<PanelLayout> Panels { get; init; }

    public required LegendBlock? SharedLegend { get; init; }

    public required double SharedLegendTop { get; init; }

    public required IReadOnlyList<string> TitleLines { get; init; }

    public required IReadOnlyList<string> SubtitleLines { get; init; }

    public required IReadOnlyList<string> CaptionLines { get; init; }

    public required double CaptionTop { get; init; }

    public double Left => Margin;

    public double Top => Margin;

    /// <summary>Lays a chart out. Where the given width cannot hold what is around the plots, the picture gets wider.</summary>
    public static ChartLayout Of(Chart chart)
    {
        int columns = chart.Columns;
        double gaps = (2 * Margin) + ((columns - 1) * ColumnGap);

        // What stands around a plot depends on its width (numbers of ticks, broken lines), and the other way round: settle by repetition.
        double plotWidth = Math.Max(SmallestPlot, ((chart.Width - gaps) / columns) - 80);
        PanelMeasure[] measures = [];
        double[] left = [];
        double[] right = [];
        for (int pass = 0; pass < Passes; pass++)
        {
            measures = [.. chart.Panels.Select(p => PanelMeasure.Of(p, plotWidth, chart.PlotHeight, !chart.SharedLegend))];
            left = Largest(measures, columns, m => m.Left);
            right = Largest(measures, columns, m => m.Right);
            double next = Math.Max(SmallestPlot, (chart.Width - gaps - left.Sum() - right.Sum()) / columns);
            if (Math.Abs(next - plotWidth) < 0.01 || pass == Passes - 1)
            {
                break;
            }

            plotWidth = next;
        }

        double width = Math.Max(chart.Width, gaps + left.Sum() + right.Sum() + (columns * plotWidth));
        double inner = width - (2 * Margin);
        IReadOnlyList<string> title = TextWrap.Lines(chart.Title, TextStyle.Title, inner);
        IReadOnlyList<string> subtitle = TextWrap.Lines(chart.Subtitle, TextStyle.Subtitle, inner);
        double y = Margin + (title.Count * TextStyle.Title.LineHeight) + (subtitle.Count * TextStyle.Subtitle.LineHeight) + 12;
        List<PanelLayout> panels = [];
        for (int row = 0; row * columns < measures.Length; row++)
        {
            PanelMeasure[] line = [.. measures.Skip(row * columns).Take(columns)];
            y += line.Max(m => m.Top);
            double x = Margin;
            for (int column = 0; column < line.Length; column++)
            {
                x += left[column];
                panels.Add(new(line[column], new Box(x, y, plotWidth, chart.PlotHeight)));
                x += plotWidth + right[column] + ColumnGap;
            }

            y += chart.PlotHeight + line.Max(m => m.Bottom(chart.PlotHeight)) + RowGap;
        }

        y -= RowGap;
        LegendBlock? shared = null;
        double sharedTop = y + 12;
        if (chart.SharedLegend)
        {
            IEnumerable<LegendEntry> entries = chart.Panels.Where(p => p.Legend != LegendPlacement.None).SelectMany(LegendEntry.Of);
            shared = LegendBlock.Rows([.. entries.Distinct()], inner);
            y = shared.Height > 0 ? sharedTop + shared.Height : y;
        }

        IReadOnlyList<string> caption = TextWrap.Lines(chart.Caption, TextStyle.Caption, inner);
        double captionTop = y + 12;
        y = caption.Count > 0 ? captionTop + (caption.Count * TextStyle.Caption.LineHeight) : y;
        return new()
        {
            Width = width,
            Height = Math.Ceiling(y + Margin),
            Panels = panels,
            SharedLegend = shared,
            SharedLegendTop = sharedTop,
            TitleLines = title,
            SubtitleLines = subtitle,
            CaptionLines = caption,
            CaptionTop = captionTop,
        };
    }

    private static double[] Largest(PanelMeasure[] measures, int columns, Func<PanelMeasure, double> side) =>
        [.. Enumerable.Range(0, columns).Select(c => measures.Where((_, i) => i % columns == c).Max(side))];
}
