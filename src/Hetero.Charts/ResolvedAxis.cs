namespace Hetero.Charts;

/// <summary>An axis whose range and ticks are settled.</summary>
internal sealed record ResolvedAxis(Axis Axis, double Low, double High, IReadOnlyList<Tick> Ticks)
{
    /// <summary>Fewest ticks that may be asked for: with less room than that a range need not contain three round numbers.</summary>
    public const int FewestAsked = 6;

    /// <summary>Most ticks that are ever useful.</summary>
    public const int MostAsked = 9;

    public IEnumerable<string> Labels => Ticks.Where(t => t.Label is not null).Select(t => t.Label!);

    /// <summary>Settles the range from what is fixed and what the data cover, and puts at most <paramref name="most"/> ticks on it.</summary>
    public static ResolvedAxis Of(Axis axis, Extent extent, int most)
    {
        if (axis.Scale == AxisScale.Categories)
        {
            return new(axis, -0.5, axis.Categories.Count - 0.5, [.. axis.Categories.Select((name, i) => new Tick(i, name))]);
        }

        (double low, double high) = axis.Scale == AxisScale.Log10 ? LogRange(axis, extent) : LinearRange(axis, extent);
        bool isTight = axis.Tight || extent.IsTight;
        bool movesLow = axis.Minimum is null && !isTight;
        bool movesHigh = axis.Maximum is null && !isTight;
        if (axis.Scale == AxisScale.Log10)
        {
            low = movesLow ? PowerOfTen.Of(PowerOfTen.Floor(low)) : low;
            int top = PowerOfTen.Floor(high);
            high = movesHigh && PowerOfTen.Of(top) < high ? PowerOfTen.Of(top + 1) : high;
            return new(axis, low, high, LogTicks.Within(low, high, most));
        }

        NiceStep step = movesLow || movesHigh ? NiceTicks.Covering(low, high, most, axis.Whole) : NiceTicks.Within(low, high, most, axis.Whole);

        // The outer tick may lie a rounding error inside the data.
        low = movesLow ? Math.Min(low, step.At(step.IndexBelow(low))) : low;
        high = movesHigh ? Math.Max(high, step.At(step.IndexAbove(high))) : high;
        return new(axis, low, high, TickLabels.Linear(NiceTicks.Values(step, low, high), step));
    }

    private static (double Low, double High) LinearRange(Axis axis, Extent extent)
    {
        double low = axis.Minimum ?? (extent.IsEmpty ? Math.Min(0, axis.Maximum - 1 ?? 0) : extent.Low);
        double high = axis.Maximum ?? (extent.IsEmpty ? Math.Max(1, axis.Minimum + 1 ?? 1) : extent.High);

        // A constant, or data on the wrong side of the fixed end: make room around it, in proportion to its size.
        double smallest = Math.Max(1e-280, 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)));
        if (high - low >= smallest)
        {
            return (low, high);
        }

        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        double room = size < 1e-270 ? 1 : size / 10;
        return (axis.Minimum, axis.Maximum) switch
        {
            (null, null) => (low - room, high + room),
            ({ } from, null) => (from, from + Math.Max(room, Math.Abs(from) / 10)),
            (null, { } to) => (to - Math.Max(room, Math.Abs(to) / 10), to),
            _ => (low, low + smallest),
        };
    }

    private static (double Low, double High) LogRange(Axis axis, Extent extent)
    {
        double low = axis.Minimum ?? (extent.IsEmpty ? (axis.Maximum ?? 1) / 10 : extent.Low);
        double high = axis.Maximum ?? (extent.IsEmpty ? (axis.Minimum ?? 0.1) * 10 : extent.High);
        if (high >= low * 1.000001)
        {
            return (low, high);
        }

        return (axis.Minimum, axis.Maximum) switch
        {
            (null, null) => (low / 2, high * 2),
            ({ } from, null) => (from, from * 10),
            (null, { } to) => (to / 10, to),
            _ => (low, low * 1.000001),
        };
    }
}
