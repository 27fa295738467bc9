namespace Hetero.Charts;

/// <summary>A picture of one or more panels in a grid. It knows nothing of how it is drawn.</summary>
internal sealed class Chart
{
    public Chart(string title, IReadOnlyList<Panel> panels)
    {
        Title = Guard.Text(title, nameof(title));
        Guard.NotNull(panels, nameof(panels));
        if (panels.Count == 0)
        {
            throw new ArgumentException("panels has 0 panels; accepted: 1 or more.", nameof(panels));
        }

        Panels = [.. panels.Select(p => Guard.NotNull(p, nameof(panels)))];
        Columns = Panels.Count;
    }

    public string Title { get; }

    public IReadOnlyList<Panel> Panels { get; }

    /// <summary>A line below the title, such as the parameters of the run.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Small print below everything.</summary>
    public string? Caption { get; init; }

    /// <summary>What a reader who cannot see the picture is told; null for a list of panels and series.</summary>
    public string? Description { get; init; }

    /// <summary>How many panels stand in a row; all of them unless told otherwise.</summary>
    public int Columns
    {
        get;
        init => field = (int)Guard.Between(value, 1, Panels.Count, nameof(Columns));
    }

    /// <summary>Width of the picture in pixels; the height follows from what has to fit.</summary>
    public double Width
    {
        get;
        init => field = Guard.Between(value, 320, 4000, nameof(Width));
    } = 1000;

    /// <summary>Height of each plot area in pixels.</summary>
    public double PlotHeight
    {
        get;
        init => field = Guard.Between(value, 120, 2000, nameof(PlotHeight));
    } = 300;

    /// <summary>One legend for all panels, below them, with equal entries merged, instead of one for each.</summary>
    public bool SharedLegend { get; init; }
}
