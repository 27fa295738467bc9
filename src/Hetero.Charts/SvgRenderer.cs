namespace Hetero.Charts;

/// <summary>Turns a chart into an SVG document: the same chart gives the same bytes on every machine.</summary>
internal static class SvgRenderer
{
    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

    /// <summary>The picture as text, without an XML declaration, so that it can be pasted into a page as it is.</summary>
    public static string Render(Chart chart, Theme theme = Theme.Auto)
    {
        Guard.NotNull(chart, nameof(chart));
        Guard.Defined(theme, nameof(theme));
        ChartLayout layout = ChartLayout.Of(chart);
        SvgWriter svg = new();
        string width = SvgWriter.Number(layout.Width);
        string height = SvgWriter.Number(layout.Height);
        svg.Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", StyleSheet.RootClass),
            ("width", width),
            ("height", height),
            ("viewBox", $"0 0 {width} {height}"),
            ("role", "img"),
            ("font-family", Fonts));
        svg.Text("title", chart.Title);
        svg.Text("desc", chart.Description ?? ChartDescription.Of(chart));
        svg.Text("style", StyleSheet.For(theme));
        svg.Empty("rect", ("class", "hc-paper"), ("x", "0"), ("y", "0"), ("width", width), ("height", height));

        double top = layout.Top;
        TextDrawing.Block(svg, layout.TitleLines, TextStyle.Title, TextDrawing.Start, layout.Left, top);
        top += layout.TitleLines.Count * TextStyle.Title.LineHeight;
        TextDrawing.Block(svg, layout.SubtitleLines, TextStyle.Subtitle, TextDrawing.Start, layout.Left, top);
        foreach (PanelLayout panel in layout.Panels)
        {
            svg.Open("g");
            PanelDrawing.Draw(svg, panel);
            svg.Close();
        }

        if (layout.SharedLegend is { } legend)
        {
            // In line with the first plot if there is room for that.
            double plotLeft = layout.Panels[0].Plot.Left;
            double left = plotLeft + legend.Width <= layout.Width - layout.Left ? plotLeft : layout.Left;
            LegendDrawing.Draw(svg, legend, left, layout.SharedLegendTop);
        }

        TextDrawing.Block(svg, layout.CaptionLines, TextStyle.Caption, TextDrawing.Start, layout.Left, layout.CaptionTop);
        svg.Close();
        return svg.ToString();
    }
}
