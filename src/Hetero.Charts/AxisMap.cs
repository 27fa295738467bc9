namespace Hetero.Charts;

/// <summary>Values of an axis to pixels.</summary>
internal sealed class AxisMap
{
    // Far outside points only give a line its direction; unbounded they would overflow in the clipping.
    private const double FarOutside = 1e6;

    private readonly bool _isLog;
    private readonly bool _hasFloor;
    private readonly double _low;
    private readonly double _scale;

    public AxisMap(ResolvedAxis axis, double fromPixel, double toPixel)
    {
        Axis = axis;
        From = fromPixel;
        To = toPixel;
        _isLog = axis.Axis.Scale == AxisScale.Log10;
        _hasFloor = _isLog && axis.Axis.NonPositive == NonPositive.Floor;
        _low = _isLog ? Math.Log10(axis.Low) : axis.Low;
        _scale = (toPixel - fromPixel) / ((_isLog ? Math.Log10(axis.High) : axis.High) - _low);
    }

    public ResolvedAxis Axis { get; }

    /// <summary>Where the lower end of the axis is.</summary>
    public double From { get; }

    /// <summary>Where the upper end of the axis is.</summary>
    public double To { get; }

    /// <summary>The place of a value that is known to have one.</summary>
    /// <remarks>Ticks may lie a little beyond the largest data that are drawn, so only the logarithm is in question here.</remarks>
    public double this[double value] => double.IsFinite(value) && (!_isLog || value > 0)
        ? Pixel(value)
        : throw new ArgumentOutOfRangeException(
            nameof(value), value, Guard.Invariant($"value is {value}; accepted: a value that has a place on the axis."));

    /// <summary>Whether a value lies on the visible part of the axis.</summary>
    public bool Shows(double value) =>
        Extent.IsUsable(value, Axis.Axis) && value >= Axis.Low && value <= Axis.High;

    /// <summary>The place of a value, possibly outside the plot; false if it has none and leaves a gap.</summary>
    public bool TryMap(double value, out double pixel)
    {
        pixel = From;
        if (!Extent.IsUsable(value, Axis.Axis))
        {
            return _hasFloor && Guard.IsDrawable(value);
        }

        pixel = Pixel(value);
        return true;
    }

    /// <summary>The place of a value, moved to the nearer end if it lies outside.</summary>
    public bool TryMapInside(double value, out double pixel)
    {
        bool isMapped = TryMap(value, out pixel);
        pixel = Math.Clamp(pixel, Math.Min(From, To), Math.Max(From, To));
        return isMapped;
    }

    private double Pixel(double value)
    {
        double coordinate = _isLog ? Math.Log10(value) : value;
        return Math.Clamp(From + ((coordinate - _low) * _scale), From - FarOutside, From + FarOutside);
    }
}
