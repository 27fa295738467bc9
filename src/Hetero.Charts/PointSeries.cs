namespace Hetero.Charts;

/// <summary>Markers at points; the slot decides colour and shape.</summary>
internal sealed class PointSeries(
    string? name,
    int slot,
    IReadOnlyList<double> x,
    IReadOnlyList<double> y,
    IReadOnlyList<double>? low = null,
    IReadOnlyList<double>? high = null) : WhiskeredSeries(name, slot, x, y, low, high)
{
    /// <summary>Radius of the marker in pixels.</summary>
    public double Radius
    {
        get;
        init => field = Guard.Between(value, 1, 12, nameof(Radius));
    } = 4;
}
