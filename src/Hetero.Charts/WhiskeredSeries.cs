namespace Hetero.Charts;

/// <summary>Values at positions, each with an optional whisker between two absolute ends (quantiles need not be symmetric).</summary>
internal abstract class WhiskeredSeries : Series
{
    protected WhiskeredSeries(
        string? name,
        int slot,
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        IReadOnlyList<double>? low,
        IReadOnlyList<double>? high)
        : base(name, slot)
    {
        X = Guard.Copy(x, nameof(x));
        Y = Guard.Copy(y, nameof(y));
        Guard.SameLength(Y.Length, nameof(y), X.Length, nameof(x));
        if ((low is null) != (high is null))
        {
            string missing = low is null ? nameof(low) : nameof(high);
            throw new ArgumentException($"{missing} is null; accepted: both ends of the whiskers, or neither.", missing);
        }

        if (low is not null && high is not null)
        {
            Low = Guard.Copy(low, nameof(low));
            High = Guard.Copy(high, nameof(high));
            Guard.SameLength(Low.Length, nameof(low), X.Length, nameof(x));
            Guard.SameLength(High.Length, nameof(high), X.Length, nameof(x));
            Guard.Ordered(Low, nameof(low), High, nameof(high));
        }
    }

    public double[] X { get; }

    public double[] Y { get; }

    /// <summary>Lower ends of the whiskers; null for none.</summary>
    public double[]? Low { get; }

    /// <summary>Upper ends of the whiskers; null for none.</summary>
    public double[]? High { get; }
}
