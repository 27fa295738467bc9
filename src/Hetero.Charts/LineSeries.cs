namespace Hetero.Charts;

/// <summary>A line through points in the order given.</summary>
internal sealed class LineSeries : Series
{
    public LineSeries(string? name, int slot, IReadOnlyList<double> x, IReadOnlyList<double> y)
        : base(name, slot)
    {
        X = Guard.Copy(x, nameof(x));
        Y = Guard.Copy(y, nameof(y));
        Guard.SameLength(Y.Length, nameof(y), X.Length, nameof(x));
    }

    public double[] X { get; }

    public double[] Y { get; }

    public LineDash Dash
    {
        get;
        init => field = Guard.Defined(value, nameof(Dash));
    }

    /// <summary>Stroke width in pixels.</summary>
    public double Width
    {
        get;
        init => field = Guard.Between(value, 0.5, 10, nameof(Width));
    } = 2;
}
