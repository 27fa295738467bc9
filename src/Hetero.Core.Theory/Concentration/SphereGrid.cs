namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// A grid on the sphere S² from which no point of the sphere is further than its spacing: circles of latitude, at most the spacing apart, each cut
/// into arcs of at most the spacing. A point reaches the nearest circle by half a spacing along its meridian, and a grid point by half of one along
/// the circle.
/// </summary>
internal static class SphereGrid
{
    /// <summary>Returns the points, three coordinates each; the poles of the latitudes lie on axis <paramref name="axis"/>.</summary>
    public static double[] Create(double spacing, int axis)
    {
        List<double> points = [];
        int circles = (int)Math.Ceiling(Math.PI / spacing);
        double[] point = new double[3];
        for (int circle = 0; circle < circles; circle++)
        {
            (double radius, double height) = Math.SinCos(Math.PI * (circle + 0.5) / circles);
            int arcs = Math.Max(1, (int)Math.Ceiling(2 * Math.PI * radius / spacing));
            for (int arc = 0; arc < arcs; arc++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * arc / arcs);
                point[axis] = height;
                point[(axis + 1) % 3] = radius * cosine;
                point[(axis + 2) % 3] = radius * sine;
                points.AddRange(point);
            }
        }

        return [.. points];
    }
}
