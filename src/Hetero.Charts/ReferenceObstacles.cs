namespace Hetero.Charts;

/// <summary>What a label in the plot should keep clear of: reference lines, data lines and markers. Bands may lie under text.</summary>
internal sealed class ReferenceObstacles
{
    private const double MarkerReach = 7;

    private readonly IReadOnlyList<(bool IsHorizontal, double At)> _lines;
    private readonly List<((double X, double Y) From, (double X, double Y) To)> _segments = [];

    private ReferenceObstacles(IReadOnlyList<(bool IsHorizontal, double At)> lines) => _lines = lines;

    public static ReferenceObstacles Of(PanelLayout layout, IEnumerable<(bool IsHorizontal, double At)> lines)
    {
        ReferenceObstacles obstacles = new([.. lines]);
        foreach (LineSeries series in layout.Panel.Series.OfType<LineSeries>())
        {
            foreach (List<(double X, double Y)> run in LineDrawing.Runs(layout, series.X, series.Y))
            {
                List<(double X, double Y)> points = Thinning.Line(run);
                obstacles._segments.AddRange(points.Zip(points.Skip(1), (a, b) => (a, b)));
            }
        }

        foreach (WhiskeredSeries series in layout.Panel.Series.OfType<WhiskeredSeries>())
        {
            for (int i = 0; i < series.X.Length; i++)
            {
                if (layout.X.TryMap(series.X[i], out double x) && layout.Y.TryMap(series.Y[i], out double y))
                {
                    double low = series.Low is not null && layout.Y.TryMap(series.Low[i], out double l) ? l : y;
                    double high = series.High is not null && layout.Y.TryMap(series.High[i], out double h) ? h : y;
                    obstacles._segments.Add(((x, low + MarkerReach), (x, high - MarkerReach)));
                }
            }
        }

        return obstacles;
    }

    /// <summary>How many reference lines run through a box.</summary>
    public int CountLines(Box box) => _lines.Count(l => l.IsHorizontal
        ? l.At > box.Top - 1 && l.At < box.Bottom + 1
        : l.At > box.Left - 2 && l.At < box.Right + 2);

    /// <summary>How many pieces of data lie in a box.</summary>
    public int CountData(Box box)
    {
        Box wide = new(box.Left - MarkerReach, box.Top, box.Width + (2 * MarkerReach), box.Height);
        return _segments.Count(s => Clip.Segment(wide, ref s.From, ref s.To));
    }
}
