namespace Hetero.Cli.Fit;

/// <summary>The range of an axis that a few large values do not decide: from the least value to twice as far as nine tenths of the values reach, and to what must be seen.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Above">How many values are above it; 0 where all are inside, and the axis may end where they do.</param>
internal readonly record struct RobustRange(double Low, double High, int Above)
{
    // What an axis can end at.
    private const double Largest = 1e300;

    private const double Share = 0.9;
    private const double Reach = 2;

    // Of the range, below the least value.
    private const double Margin = 0.03;

    /// <summary>Finds it.</summary>
    /// <param name="columns">The values; those that are not finite have no place on an axis.</param>
    /// <param name="seen">Values that are inside in any case.</param>
    public static RobustRange Of(IEnumerable<double[]> columns, double[] seen)
    {
        double[] values = [.. columns.SelectMany(column => column).Where(IsDrawn).Order()];
        if (values.Length == 0)
        {
            return default;
        }

        double low = values[0], most = values[(int)Math.Ceiling(Share * values.Length) - 1];
        double high = Math.Max(low + (Reach * (most - low)), seen.Where(IsDrawn).Append(low).Max());
        int above = values.Count(value => value > high);
        
        // What cannot be below 0 is not drawn as if it could.
        double room = Margin * (high - low), bottom = low >= 0 ? Math.Max(0, low - room) : low - room;
        return high > low ? new(bottom, high, above) : new(low, high, 0);
    }

    private static bool IsDrawn(double value) => Math.Abs(value) <= Largest;
}
