using System.Globalization;
using System.Numerics;

namespace Hetero.Experiments.Values;

/// <summary>The kinds of numbers that options accept.</summary>
internal static class NumberSyntax
{
    /// <summary>A finite number.</summary>
    public static ValueSyntax<double> Finite { get; } = Number("a finite number", _ => true);

    /// <summary>A finite number above zero.</summary>
    public static ValueSyntax<double> Positive { get; } = Number("a finite number above 0", value => value > 0);

    /// <summary>A finite number that is zero or above.</summary>
    public static ValueSyntax<double> NotNegative { get; } = Number("a finite number, 0 or above", value => value >= 0);

    /// <summary>A number from 0 to 1.</summary>
    public static ValueSyntax<double> Share { get; } = Number("a number from 0 to 1", value => value is >= 0 and <= 1);

    /// <summary>A number between 0 and 1, neither of them.</summary>
    public static ValueSyntax<double> OpenShare { get; } = Number("a number above 0 and below 1", value => value is > 0 and < 1);

    /// <summary>A number from 0 on, below 1.</summary>
    public static ValueSyntax<double> BelowOne { get; } = Number("a number from 0 to below 1", value => value is >= 0 and < 1);

    /// <summary>A number in a range, its ends among them.</summary>
    public static ValueSyntax<double> Range(double minimum, double maximum)
        => Number($"a number from {Texts.Of(minimum)} to {Texts.Of(maximum)}", value => value >= minimum && value <= maximum);

    /// <summary>Finite numbers other than zero.</summary>
    public static ValueSyntax<double[]> NonZeroList { get; } = new("a list of finite numbers other than 0, separated by commas", ReadNonZeroList);

    /// <summary>Finite numbers one by one, or evenly from the first to the last.</summary>
    public static ValueSyntax<double[]> FiniteSeries { get; } = new(
        "a list of finite numbers separated by commas, or FIRST:LAST:COUNT for 2 to 100000 of them at even distances", ReadFiniteSeries);

    /// <summary>Yes or no.</summary>
    public static ValueSyntax<bool> Flag { get; } = new(
        "true or false", (text, out value) => (value = text == "true") || text == "false");

    /// <summary>Any text.</summary>
    public static ValueSyntax<string> Any(string accepted) => new(accepted, (text, out value) =>
    {
        value = text;
        return true;
    });

    /// <summary>A whole number in a range.</summary>
    public static ValueSyntax<T> Whole<T>(T minimum, T maximum)
        where T : struct, IBinaryInteger<T>
        => new(
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"),
            (text, out value) => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                && value >= minimum && value <= maximum);

    private static ValueSyntax<double> Number(string accepted, Predicate<double> accepts)
        => new(accepted, (text, out value) => TryReadFinite(text, out value) && accepts(value));

    private static bool ReadNonZeroList(string text, out double[] values) => TryReadList(text.Split(','), out values) && !values.Contains(0);

    private static bool ReadFiniteSeries(string text, out double[] values)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 1)
        {
            return TryReadList(text.Split(','), out values);
        }

        if (parts.Length != 3 || !TryReadList(parts[..2], out values) || !Whole(2, 100_000).TryRead(parts[2], out int count))
        {
            values = [];
            return false;
        }

        // Both ends exactly.
        (double first, double last) = (values[0], values[1]);
        values = [.. Enumerable.Range(0, count).Select(i => Between(first, last, i, count - 1))];
        (values[0], values[^1]) = (first, last);
        return true;
    }

    /// <summary>The i-th of some even steps from one number to another, without a product or a difference of them that leaves the range.</summary>
    private static double Between(double first, double last, int i, int steps)
    {
        double value = ((first * (steps - i)) + (last * i)) / steps;
        return double.IsFinite(value) ? value : Math.Clamp((first / steps * (steps - i)) + (last / steps * i), Math.Min(first, last), Math.Max(first, last));
    }

    private static bool TryReadList(string[] parts, out double[] values)
    {
        values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryReadFinite(parts[i], out values[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadFinite(string text, out double value)
    {
        bool isRead = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

        // −0 is 0, and makes the same run.
        value += 0.0;
        return isRead;
    }
}
