namespace Hetero.Charts;

/// <summary>Drops points of long runs that no screen can show: of each half pixel column the first, lowest, highest and last one stay.</summary>
internal static class Thinning
{
    public static List<(double X, double Y)> Line(List<(double X, double Y)> points)
    {
        List<(double X, double Y)> kept = [];
        for (int start = 0, end; start < points.Count; start = end)
        {
            end = EndOfColumn(points.Count, start, i => points[i].X);
            if (end - start <= 4)
            {
                kept.AddRange(points.GetRange(start, end - start));
                continue;
            }

            int low = start;
            int high = start;
            for (int i = start; i < end; i++)
            {
                low = points[i].Y < points[low].Y ? i : low;
                high = points[i].Y > points[high].Y ? i : high;
            }

            kept.AddRange(new SortedSet<int> { start, low, high, end - 1 }.Select(i => points[i]));
        }

        return kept;
    }

    /// <summary>The same for the two edges of a band: a crowded column becomes one pair of its extremes.</summary>
    public static List<(double X, double Low, double High)> Band(List<(double X, double Low, double High)> points)
    {
        List<(double X, double Low, double High)> kept = [];
        for (int start = 0, end; start < points.Count; start = end)
        {
            end = EndOfColumn(points.Count, start, i => points[i].X);
            List<(double X, double Low, double High)> column = points.GetRange(start, end - start);
            kept.AddRange(column.Count <= 2
                ? column
                : [(column[0].X, column.Max(p => p.Low), column.Min(p => p.High)), column[^1] with
                {
                    // Low values have large pixels: y points downwards.
                    Low = column.Max(p => p.Low),
                    High = column.Min(p => p.High),
                }]);
        }

        return kept;
    }

    private static int EndOfColumn(int count, int start, Func<int, double> x)
    {
        double column = Math.Floor(x(start) * 2);
        int end = start + 1;
        while (end < count && Math.Floor(x(end) * 2) == column)
        {
            end++;
        }

        return end;
    }
}
