using Hetero.Charts;

namespace Hetero.Cli.Plot;

/// <summary>Marks on the upper edge of panels where a line leaves the picture, or where a point lies beyond it: a run on its way to infinity would press all others flat.</summary>
internal sealed class EdgeMarks
{
    // By less than a pixel inside of the plot, so that no rounding puts a mark outside.
    private const double Inside = 1e-6;

    private bool _hasLines;
    private bool _hasPoints;

    /// <summary>Gets what the small print says of the marks that were made; empty for none.</summary>
    public string Text => (_hasLines ? " A mark on the upper edge: from there on, values beyond it." : "")
        + (_hasPoints ? " A mark on the upper edge: a median beyond it, or infinite, as half of the runs have diverged." : "");

    /// <summary>Marks the places where a line leaves the picture upwards.</summary>
    public PointSeries[] OfLine(int slot, double[] x, double[] y, Axis horizontal, Axis vertical)
    {
        List<double> places = [];
        for (int i = 0; i < y.Length; i++)
        {
            if (!IsBeyond(y[i], vertical) || (i > 0 && IsBeyond(y[i - 1], vertical)))
            {
                continue;
            }

            // On a logarithmic axis a line from 0 comes from nowhere.
            bool hasLeft = i > 0 && double.IsFinite(y[i - 1]) && (horizontal.Scale != AxisScale.Log10 || x[i - 1] > 0);
            places.Add(hasLeft ? Crossing(i) : x[i]);
        }

        _hasLines |= places.Count > 0;
        return Marks(slot, [.. places], vertical);

        double Crossing(int i)
        {
            (double from, double to, double edge) = (Coordinate(y[i - 1], vertical), Coordinate(y[i], vertical), Coordinate(vertical.Maximum!.Value, vertical));
            double place = Coordinate(x[i - 1], horizontal) + ((Coordinate(x[i], horizontal) - Coordinate(x[i - 1], horizontal)) * (edge - from) / (to - from));
            return horizontal.Scale == AxisScale.Log10 ? Math.Pow(10, place) : place;
        }
    }

    /// <summary>Marks the points that lie beyond the picture, or at infinity.</summary>
    public PointSeries[] OfPoints(int slot, double[] x, double[] y, Axis vertical)
    {
        double[] places = [.. Enumerable.Range(0, y.Length).Where(i => double.IsPositiveInfinity(y[i]) || IsBeyond(y[i], vertical)).Select(i => x[i])];
        _hasPoints |= places.Length > 0;
        return Marks(slot, places, vertical);
    }

    private static PointSeries[] Marks(int slot, double[] places, Axis vertical)
    {
        if (places.Length == 0)
        {
            return [];
        }

        double edge = Coordinate(vertical.Maximum!.Value, vertical), height = edge - Coordinate(vertical.Minimum!.Value, vertical);
        double inside = edge - (Inside * height);
        return [new PointSeries(null, slot, places, [.. places.Select(_ => vertical.Scale == AxisScale.Log10 ? Math.Pow(10, inside) : inside)]) { Radius = 5 }];
    }

    private static bool IsBeyond(double value, Axis axis) => double.IsFinite(value) && value > axis.Maximum;

    /// <summary>Where a value lies; one without a logarithm at the lower end.</summary>
    private static double Coordinate(double value, Axis axis)
        => axis.Scale == AxisScale.Log10 ? Math.Log10(value > 0 ? value : axis.Minimum ?? double.Epsilon) : value;
}
