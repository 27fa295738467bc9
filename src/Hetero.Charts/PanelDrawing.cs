namespace Hetero.Charts;

/// <summary>Draws one panel from the back to the front: areas before lines, lines before points, labels last.</summary>
internal static class PanelDrawing
{
    public static void Draw(SvgWriter svg, PanelLayout layout)
    {
        PanelMeasure measure = layout.Measure;
        Box plot = layout.Plot;
        double titleTop = plot.Top - measure.Top;
        TextDrawing.Block(svg, measure.TitleLines, TextStyle.PanelTitle, TextDrawing.Start, plot.Left, titleTop);
        if (layout.Panel.HeatMap is { } map)
        {
            HeatMapDrawing.Draw(svg, layout, map);
            HeatMapDrawing.DrawScale(svg, layout);
        }
        else
        {
            AxisDrawing.DrawGrid(svg, layout);
        }

        foreach (BandSeries band in layout.Panel.Series.OfType<BandSeries>())
        {
            LineDrawing.Draw(svg, layout, band);
        }

        BarDrawing.Draw(svg, layout);
        ReferenceDrawing.DrawLines(svg, layout);

        // Over the bars that stand on them, but under points and lines that lie on them.
        AxisDrawing.Draw(svg, layout);
        foreach (LineSeries line in layout.Panel.Series.OfType<LineSeries>())
        {
            LineDrawing.Draw(svg, layout, line);
        }

        foreach (PointSeries points in layout.Panel.Series.OfType<PointSeries>())
        {
            MarkerDrawing.Draw(svg, layout, points);
        }

        ReferenceDrawing.DrawLabels(svg, layout);
        if (measure.LegendBelow is { } below)
        {
            LegendDrawing.Draw(svg, below, plot.Left, plot.Bottom + measure.LegendOffset);
        }

        if (measure.LegendRight is { } right)
        {
            LegendDrawing.Draw(svg, right, plot.Right + measure.LegendRightOffset, plot.Top);
        }
    }
}
