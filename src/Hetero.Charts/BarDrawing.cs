namespace Hetero.Charts;

/// <summary>Draws all bars of a panel: those at the same position side by side.</summary>
internal static class BarDrawing
{
    private const double ShareOfSpacing = 0.72;
    private const double WidestGroup = 120;

    public static void Draw(SvgWriter svg, PanelLayout layout)
    {
        BarSeries[] all = [.. layout.Panel.Series.OfType<BarSeries>()];
        if (all.Length == 0)
        {
            return;
        }

        double group = Math.Min(WidestGroup, Spacing(layout) * ShareOfSpacing);
        double width = group / all.Length;
        double zero = layout.Panel.Y.Scale == AxisScale.Log10
            ? layout.Plot.Bottom
            : Math.Clamp(layout.Y[0], layout.Plot.Top, layout.Plot.Bottom);
        for (int s = 0; s < all.Length; s++)
        {
            for (int i = 0; i < all[s].X.Length; i++)
            {
                if (!layout.X.Shows(all[s].X[i]) || !layout.X.TryMap(all[s].X[i], out double centre))
                {
                    continue;
                }

                double x = centre - (group / 2) + ((s + 0.5) * width);
                if (!layout.Y.TryMapInside(all[s].Y[i], out double y))
                {
                    continue;
                }

                Bar(svg, layout.Plot, all[s].Slot, x, width * 0.92, y, zero);
                if (x >= layout.Plot.Left && x <= layout.Plot.Right)
                {
                    MarkerDrawing.Whisker(svg, layout, all[s], i, x, isOnBar: true);
                }
            }
        }

        // With bars on both sides of zero, the line they start from is not the lower edge of the plot.
        if (zero < layout.Plot.Bottom)
        {
            AxisDrawing.Segment(svg, "hc-axis", layout.Plot.Left, zero, layout.Plot.Right, zero);
        }
    }

    private static void Bar(SvgWriter svg, Box plot, int slot, double x, double width, double y, double zero)
    {
        double left = Math.Max(x - (width / 2), plot.Left);
        double right = Math.Min(x + (width / 2), plot.Right);
        if (right <= left)
        {
            return;
        }

        svg.Empty(
            "rect",
            ("class", Guard.Invariant($"hc-fill{slot}")),
            ("x", SvgWriter.Number(left)),
            ("y", SvgWriter.Number(Math.Min(y, zero))),
            ("width", SvgWriter.Number(right - left)),
            ("height", SvgWriter.Number(Math.Abs(y - zero))));
    }

    // The spacing in pixels; on a logarithmic axis it is a ratio, the same length everywhere.
    private static double Spacing(PanelLayout layout)
    {
        double spacing = BarSpacing.Of(layout.Panel);
        double low = layout.X.Axis.Low;
        double next = layout.Panel.X.Scale == AxisScale.Log10 ? low * spacing : low + spacing;
        return Math.Min(layout.X[next] - layout.X[low], layout.Plot.Width);
    }
}
