namespace Hetero.Charts;

/// <summary>One line of a legend and the parts its sample is made of.</summary>
internal sealed record LegendEntry(string Name, int Slot)
{
    public LineDash? Dash { get; init; }

    public double LineWidth { get; init; }

    public bool HasBand { get; init; }

    public bool HasMarker { get; init; }

    public bool HasBar { get; init; }

    public bool IsMissing { get; init; }

    /// <summary>The entries of a panel: series with the same name and slot share one, and nameless bands join the first line of their slot.</summary>
    public static IReadOnlyList<LegendEntry> Of(Panel panel)
    {
        List<LegendEntry> entries = [];
        HashSet<int> bands = [.. panel.Series.OfType<BandSeries>().Where(b => b.Name is null).Select(b => b.Slot)];
        foreach (Series series in panel.Series)
        {
            if (series is HeatMap map && HasMissing(map))
            {
                entries.Add(new(map.MissingName, 0) { IsMissing = true });
            }

            if (series.Name is null)
            {
                continue;
            }

            int index = entries.FindIndex(e => e.Name == series.Name && e.Slot == series.Slot && !e.IsMissing);
            LegendEntry entry = index < 0 ? new(series.Name, series.Slot) : entries[index];
            entry = series switch
            {
                LineSeries line => entry with
                {
                    Dash = line.Dash,
                    LineWidth = line.Width,
                    HasBand = entry.HasBand || bands.Remove(line.Slot),
                },
                BandSeries => entry with { HasBand = true },
                PointSeries => entry with { HasMarker = true },
                BarSeries => entry with { HasBar = true },
                _ => entry,
            };
            if (index < 0)
            {
                entries.Add(entry);
            }
            else
            {
                entries[index] = entry;
            }
        }

        return entries;
    }

    private static bool HasMissing(HeatMap map) => map.Values.Cast<double>()
        .Any(v => !Extent.IsUsable(v, map.Colors) && !(map.Colors.NonPositive == NonPositive.Floor && Guard.IsDrawable(v)));
}
