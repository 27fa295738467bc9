namespace Hetero.Charts;

/// <summary>A translucent area between two curves, such as quantiles around the median line of the same slot.</summary>
/// <remarks>Without a name it shows up in the legend behind the sample of the first line of its slot.</remarks>
internal sealed class BandSeries : Series
{
    public BandSeries(string? name, int slot, IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high)
        : base(name, slot)
    {
        X = Guard.Copy(x, nameof(x));
        Low = Guard.Copy(low, nameof(low));
        High = Guard.Copy(high, nameof(high));
        Guard.SameLength(Low.Length, nameof(low), X.Length, nameof(x));
        Guard.SameLength(High.Length, nameof(high), X.Length, nameof(x));
        Guard.Ordered(Low, nameof(low), High, nameof(high));
    }

    public double[] X { get; }

    public double[] Low { get; }

    public double[] High { get; }
}
