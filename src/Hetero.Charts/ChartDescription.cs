namespace Hetero.Charts;

/// <summary>What a chart shows, in words, for readers who cannot see it.</summary>
internal static class ChartDescription
{
    public static string Of(Chart chart)
    {
        IEnumerable<string> parts = chart.Panels.Select(OfPanel);
        return string.Join(" ", new[] { Sentence(chart.Subtitle) }.Concat(parts).Append(Sentence(chart.Caption)).Where(p => p.Length > 0));
    }

    private static string OfPanel(Panel panel, int index)
    {
        string title = panel.Title is null ? Guard.Invariant($"Panel {index + 1}") : Guard.Invariant($"Panel {index + 1}, {panel.Title}");
        string axes = panel.Y.Caption.Length == 0 || panel.X.Caption.Length == 0
            ? panel.Y.Caption + panel.X.Caption
            : $"{panel.Y.Caption} against {panel.X.Caption}";
        List<string> parts = [axes];
        if (panel.HeatMap is { } map)
        {
            parts.Add(map.Colors.Caption.Length == 0 ? "a heat map" : $"a heat map of {map.Colors.Caption}");
        }

        string[] names = [.. LegendEntry.Of(panel).Select(e => e.Name)];
        if (names.Length > 0)
        {
            parts.Add("showing " + string.Join(", ", names));
        }

        string[] references = [.. panel.ReferenceLines.Where(r => r.Label is not null).Select(r => r.Label!)];
        if (references.Length > 0)
        {
            parts.Add("with reference lines " + string.Join(", ", references));
        }

        return $"{title}: {string.Join("; ", parts.Where(p => p.Length > 0))}.";
    }

    private static string Sentence(string? text)
    {
        string trimmed = (text ?? "").Trim();
        return trimmed.Length == 0 || trimmed[^1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }
}
