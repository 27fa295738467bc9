namespace Hetero.Charts;

/// <summary>A line across the whole plot, such as a threshold, with its label beside it.</summary>
internal sealed class ReferenceLine
{
    private ReferenceLine(bool isHorizontal, double value, string? label)
    {
        if (!Guard.IsDrawable(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), value, Guard.Invariant($"value is {value}; accepted: a number of magnitude at most 1e300."));
        }

        IsHorizontal = isHorizontal;
        Value = value;
        Label = label is null ? null : Guard.Text(label, nameof(label));
    }

    public bool IsHorizontal { get; }

    public double Value { get; }

    public string? Label { get; }

    /// <summary>A line at a value of the y axis.</summary>
    public static ReferenceLine Horizontal(double value, string? label = null) => new(true, value, label);

    /// <summary>A line at a value of the x axis.</summary>
    public static ReferenceLine Vertical(double value, string? label = null) => new(false, value, label);
}
