using System.Globalization;

namespace Hetero.Charts;

/// <summary>Checks of what a caller hands to the drawing types; every message names the argument, the value and what is accepted.</summary>
internal static class Guard
{
    /// <summary>The largest magnitude that is drawn: beyond it differences overflow, so such a value is treated like ∞.</summary>
    public const double LargestMagnitude = 1e300;

    /// <summary>The smallest magnitude that counts as positive on a logarithmic axis: below it powers of ten lose digits.</summary>
    public const double SmallestPositive = 1e-300;

    /// <summary>A private copy of the numbers, so that a chart does not change after it was described.</summary>
    public static double[] Copy(IReadOnlyList<double>? values, string argument)
    {
        if (values is null)
        {
            throw new ArgumentNullException(argument, $"{argument} is null; accepted: a list of numbers.");
        }

        return [.. values];
    }

    public static void SameLength(int actual, string argument, int expected, string partner)
    {
        if (actual != expected)
        {
            throw new ArgumentException(
                Invariant($"{argument} has {actual} values; accepted: {expected}, as many as {partner}."), argument);
        }
    }

    public static string Text(string? value, string argument)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException(
                $"{argument} is {(value is null ? "null" : $"'{value}'")}; accepted: text that is not blank.", argument);
        }

        return value;
    }

    public static T NotNull<T>(T? value, string argument)
        where T : class => value ?? throw new ArgumentNullException(argument, $"{argument} is null; accepted: a {typeof(T).Name}.");

    public static T Defined<T>(T value, string argument)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(
                argument, value, $"{argument} is {value:D}; accepted: {string.Join(", ", Enum.GetNames<T>())}.");
        }

        return value;
    }

    public static int Slot(int value, string argument)
    {
        if (value < 0 || value >= Palette.Slots)
        {
            throw new ArgumentOutOfRangeException(
                argument, value, Invariant($"{argument} is {value}; accepted: a colour slot from 0 to {Palette.Slots - 1}."));
        }

        return value;
    }

    public static double Between(double value, double low, double high, string argument)
    {
        // Written so that NaN fails too.
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(
                argument, value, Invariant($"{argument} is {value}; accepted: a number from {low} to {high}."));
        }

        return value;
    }

    /// <summary>Ends of an interval must be in order wherever both are numbers; a NaN or infinite end is a gap, not an error.</summary>
    public static void Ordered(double[] low, string lowArgument, double[] high, string highArgument)
    {
        for (int i = 0; i < low.Length; i++)
        {
            if (low[i] > high[i])
            {
                throw new ArgumentException(
                    Invariant($"{lowArgument}[{i}] is {low[i]}; accepted: at most {highArgument}[{i}], which is {high[i]}."), lowArgument);
            }
        }
    }

    /// <summary>Whether a value can be drawn at all.</summary>
    public static bool IsDrawable(double value) => Math.Abs(value) <= LargestMagnitude;

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
