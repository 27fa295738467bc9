namespace Hetero.Charts;

/// <summary>What stands around a plot of a given size, and the room that takes.</summary>
internal sealed class PanelMeasure
{
    public const double TickLength = 5;
    public const double TickGap = 4;
    public const double LabelGap = 7;
    public const double ColorBarGap = 16;
    public const double ColorBarWidth = 14;
    private const double LegendGap = 12;
    private const double RightLegendGap = 18;

    private PanelMeasure(Panel panel, TickText x, ResolvedAxis y, ResolvedAxis? colors)
    {
        Panel = panel;
        X = x;
        Y = y;
        Colors = colors;
    }

    public Panel Panel { get; }

    public TickText X { get; }

    public ResolvedAxis Y { get; }

    /// <summary>The colour scale of the heat map, if there is one.</summary>
    public ResolvedAxis? Colors { get; }

    public IReadOnlyList<string> TitleLines { get; private init; } = [];

    public IReadOnlyList<string> XLabelLines { get; private init; } = [];

    public IReadOnlyList<string> YLabelLines { get; private init; } = [];

    public IReadOnlyList<string> ColorLabelLines { get; private init; } = [];

    public LegendBlock? LegendBelow { get; private init; }

    public LegendBlock? LegendRight { get; private init; }

    public double YTickWidth => WidthOf(Y);

    public double ColorTickWidth => Colors is null ? 0 : WidthOf(Colors);

    public double Top => TitleLines.Count == 0 ? 8 : (TitleLines.Count * TextStyle.PanelTitle.LineHeight) + 8;

    /// <summary>From the lower edge of the plot to the top of the x label.</summary>
    public double XLabelOffset => TickLength + TickGap + X.Height + 3;

    /// <summary>From the lower edge of the plot to the top of the legend below it.</summary>
    public double LegendOffset => XLabelOffset + (XLabelLines.Count * TextStyle.AxisLabel.LineHeight) + LegendGap;

    /// <summary>From the right edge of the plot to the legend beside it.</summary>
    public double LegendRightOffset => (Colors is null ? 0 : ColorBarRoom) + RightLegendGap;

    public double Left { get; private init; }

    public double Right { get; private init; }

    public double Bottom(double plotHeight)
    {
        double below = LegendBelow is null ? LegendOffset - LegendGap : LegendOffset + LegendBelow.Height;
        double beside = LegendRight is null ? 0 : LegendRight.Height - plotHeight;
        return Math.Max(below, beside);
    }

    private double ColorBarRoom => ColorBarGap + ColorBarWidth + TickLength + TickGap + ColorTickWidth
        + (ColorLabelLines.Count == 0 ? 0 : LabelGap + (ColorLabelLines.Count * TextStyle.AxisLabel.LineHeight));

    public static PanelMeasure Of(Panel panel, double plotWidth, double plotHeight, bool hasOwnLegend)
    {
        int rows = Math.Clamp((int)(plotHeight / 36), ResolvedAxis.FewestAsked, ResolvedAxis.MostAsked);
        ResolvedAxis? colors = panel.HeatMap is { } map ? ResolvedAxis.Of(map.Colors, Extent.OfColors(map), rows) : null;
        IReadOnlyList<LegendEntry> entries = hasOwnLegend && panel.Legend != LegendPlacement.None ? LegendEntry.Of(panel) : [];
        PanelMeasure bare = new(
            panel,
            TickText.Fit(panel.X, Extent.OfX(panel), plotWidth),
            ResolvedAxis.Of(panel.Y, Extent.OfY(panel), rows),
            colors)
        {
            XLabelLines = TextWrap.Lines(panel.X.Caption, TextStyle.AxisLabel, plotWidth),
            YLabelLines = TextWrap.Lines(panel.Y.Caption, TextStyle.AxisLabel, plotHeight),
            ColorLabelLines = panel.HeatMap is null ? [] : TextWrap.Lines(panel.HeatMap.Colors.Caption, TextStyle.AxisLabel, plotHeight),
            LegendRight = entries.Count > 0 && panel.Legend == LegendPlacement.Right
                ? LegendBlock.Column(entries, Math.Clamp(plotWidth * 0.6, 130, 240))
                : null,
        };
        (double overLeft, double overRight) = bare.X.Overhang(plotWidth);
        double left = TickLength + TickGap + bare.YTickWidth
            + (bare.YLabelLines.Count == 0 ? 0 : LabelGap + (bare.YLabelLines.Count * TextStyle.AxisLabel.LineHeight));
        double right = bare.LegendRight is { } legend ? bare.LegendRightOffset + legend.Width
            : colors is null ? 0 : bare.ColorBarRoom;
        right = Math.Max(right, overRight);
        return new(panel, bare.X, bare.Y, colors)
        {
            TitleLines = TextWrap.Lines(panel.Title, TextStyle.PanelTitle, plotWidth + right),
            XLabelLines = bare.XLabelLines,
            YLabelLines = bare.YLabelLines,
            ColorLabelLines = bare.ColorLabelLines,
            LegendRight = bare.LegendRight,
            LegendBelow = entries.Count > 0 && panel.Legend == LegendPlacement.Below ? LegendBlock.Rows(entries, plotWidth + right) : null,
            Left = Math.Max(left, overLeft),
            Right = right,
        };
    }

    private static double WidthOf(ResolvedAxis axis) =>
        axis.Labels.Select(l => TextWidth.Of(l, TextStyle.TickLabel)).DefaultIfEmpty(0).Max();
}
