namespace Hetero.Charts;

/// <summary>Cuts lines and areas to the plot in numbers.</summary>
/// <remarks>An SVG clip path would need an identifier, which clashes as soon as two pictures are pasted into one page.</remarks>
internal static class Clip
{
    /// <summary>The part of a segment inside the box (Liang and Barsky); false if there is none.</summary>
    public static bool Segment(Box box, ref (double X, double Y) a, ref (double X, double Y) b)
    {
        double dx = b.X - a.X;
        double dy = b.Y - a.Y;
        double from = 0;
        double to = 1;
        if (!Cut(-dx, a.X - box.Left, ref from, ref to)
            || !Cut(dx, box.Right - a.X, ref from, ref to)
            || !Cut(-dy, a.Y - box.Top, ref from, ref to)
            || !Cut(dy, box.Bottom - a.Y, ref from, ref to))
        {
            return false;
        }

        (double X, double Y) start = a;
        a = from > 0 ? Inside(box, start.X + (from * dx), start.Y + (from * dy)) : a;
        b = to < 1 ? Inside(box, start.X + (to * dx), start.Y + (to * dy)) : b;
        return true;
    }

    /// <summary>The part of a polygon inside the box (Sutherland and Hodgman); empty if there is none.</summary>
    public static List<(double X, double Y)> Polygon(Box box, List<(double X, double Y)> points)
    {
        points = Half(points, p => p.X - box.Left);
        points = Half(points, p => box.Right - p.X);
        points = Half(points, p => p.Y - box.Top);
        points = Half(points, p => box.Bottom - p.Y);
        return [.. points.Select(p => Inside(box, p.X, p.Y))];
    }

    // Rounding in an intersection must not put a point a hair outside.
    private static (double X, double Y) Inside(Box box, double x, double y) =>
        (Math.Clamp(x, box.Left, box.Right), Math.Clamp(y, box.Top, box.Bottom));

    private static bool Cut(double direction, double distance, ref double from, ref double to)
    {
        if (direction == 0)
        {
            return distance >= 0;
        }

        double at = distance / direction;
        if (direction < 0)
        {
            from = Math.Max(from, at);
        }
        else
        {
            to = Math.Min(to, at);
        }

        return from <= to;
    }

    private static List<(double X, double Y)> Half(List<(double X, double Y)> points, Func<(double X, double Y), double> distance)
    {
        List<(double X, double Y)> kept = [];
        for (int i = 0; i < points.Count; i++)
        {
            (double X, double Y) previous = points[(i + points.Count - 1) % points.Count];
            (double X, double Y) current = points[i];
            double before = distance(previous);
            double here = distance(current);
            if ((before < 0) != (here < 0))
            {
                double share = before / (before - here);
                kept.Add((previous.X + (share * (current.X - previous.X)), previous.Y + (share * (current.Y - previous.Y))));
            }

            if (here >= 0)
            {
                kept.Add(current);
            }
        }

        return kept;
    }
}
