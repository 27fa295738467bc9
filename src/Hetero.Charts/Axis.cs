namespace Hetero.Charts;

/// <summary>One axis of a panel, or the colour scale of a heat map: what it shows, how it is spaced and which range it covers.</summary>
/// <remarks>Start from a factory and add the rest: <c>Axis.Log("share") with { NonPositive = NonPositive.Floor }</c>.</remarks>
internal sealed record Axis
{
    private Axis(string label, AxisScale scale, IReadOnlyList<string> categories)
    {
        Label = label;
        Scale = scale;
        Categories = categories;
    }

    /// <summary>What the axis shows; empty for no label.</summary>
    public string Label { get; }

    public AxisScale Scale { get; }

    /// <summary>The names of a category axis, empty otherwise.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The unit, shown in parentheses after the label.</summary>
    public string? Unit { get; init; }

    /// <summary>The lower end; null to take it from the data.</summary>
    public double? Minimum
    {
        get;
        init => field = CheckEnd(value, Maximum, isMinimum: true);
    }

    /// <summary>The upper end; null to take it from the data.</summary>
    public double? Maximum
    {
        get;
        init => field = CheckEnd(value, Minimum, isMinimum: false);
    }

    /// <summary>Ends that come from the data stay where the data ends, instead of moving out to the next tick.</summary>
    public bool Tight { get; init; }

    /// <summary>Ticks stand at whole numbers alone; for linear axes.</summary>
    public bool Whole { get; init; }

    /// <summary>What becomes of values without a logarithm; for logarithmic axes only.</summary>
    public NonPositive NonPositive
    {
        get;
        init => field = Guard.Defined(value, nameof(NonPositive));
    }

    /// <summary>Label and unit as they are written beside the axis.</summary>
    public string Caption => Unit is null ? Label : Label.Length == 0 ? $"({Unit})" : $"{Label} ({Unit})";

    public static Axis Linear(string label) => new(CheckLabel(label), AxisScale.Linear, []);

    public static Axis Log(string label) => new(CheckLabel(label), AxisScale.Log10, []);

    public static Axis Named(string label, IReadOnlyList<string> categories)
    {
        Guard.NotNull(categories, nameof(categories));
        if (categories.Count == 0)
        {
            throw new ArgumentException("categories has 0 names; accepted: 1 or more.", nameof(categories));
        }

        return new(CheckLabel(label), AxisScale.Categories, [.. categories.Select(c => Guard.Text(c, nameof(categories)))]);
    }

    /// <summary>The same axis with a fixed range.</summary>
    public Axis From(double minimum, double maximum) =>
        this with { Minimum = null, Maximum = null } with { Minimum = minimum, Maximum = maximum };

    private static string CheckLabel(string label) =>
        label ?? throw new ArgumentNullException(nameof(label), "label is null; accepted: text, empty for none.");

    private double? CheckEnd(double? value, double? other, bool isMinimum)
    {
        string argument = isMinimum ? nameof(Minimum) : nameof(Maximum);
        if (value is not { } end)
        {
            return null;
        }

        if (Scale == AxisScale.Categories)
        {
            throw new ArgumentException(Guard.Invariant($"{argument} is {end}; accepted: none, the names make the range."), argument);
        }

        if (!Guard.IsDrawable(end))
        {
            throw new ArgumentOutOfRangeException(
                argument, end, Guard.Invariant($"{argument} is {end}; accepted: a number of magnitude at most 1e300."));
        }

        if (Scale == AxisScale.Log10 && end < Guard.SmallestPositive)
        {
            throw new ArgumentOutOfRangeException(
                argument, end, Guard.Invariant($"{argument} is {end}; accepted: at least 1e-300 on a logarithmic axis."));
        }

        if (other is { } partner && (isMinimum ? end >= partner : end <= partner))
        {
            string accepted = isMinimum ? "less than the maximum" : "more than the minimum";
            throw new ArgumentOutOfRangeException(
                argument, end, Guard.Invariant($"{argument} is {end}; accepted: {accepted}, {partner}."));
        }

        return end;
    }
}
