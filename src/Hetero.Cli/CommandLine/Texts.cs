using System.Globalization;
using System.Numerics;

namespace Hetero.Cli.CommandLine;

/// <summary>Reads the values of options; whatever cannot be read is refused by a line that names option, value and what is accepted.</summary>
internal static class Texts
{
    /// <summary>Reads a whole number in a range.</summary>
    public static T Whole<T>(string option, string text, T minimum, T maximum)
        where T : IBinaryInteger<T>
    {
        // A sign is read so that "-1" is refused for its value and not for its letters; nothing else may stand around the digits.
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T? value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        throw UsageException.Of(option, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"));
    }

    /// <summary>Reads a finite number.</summary>
    public static double Finite(string option, string text) => Number(option, text, _ => true, "a finite number");

    /// <summary>Reads a finite number above zero.</summary>
    public static double Positive(string option, string text) => Number(option, text, v => v > 0, "a finite number above 0");

    /// <summary>Reads a finite number that is zero or above.</summary>
    public static double NotNegative(string option, string text) => Number(option, text, v => v >= 0, "a finite number, 0 or above");

    /// <summary>Reads a number from 0 to 1.</summary>
    public static double Share(string option, string text) => Number(option, text, v => v is >= 0 and <= 1, "a number from 0 to 1");

    /// <summary>Reads finite numbers above zero, separated by commas.</summary>
    public static double[] PositiveList(string option, string text)
        => [.. text.Split(',').Select(part => Number(option, part, v => v > 0, "a list of finite numbers above 0, separated by commas", text))];

    /// <summary>Writes a number with the digits that bring it back.</summary>
    public static string Of(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a whole number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Number(string option, string text, Predicate<double> accepts, string accepted, string? shown = null)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && accepts(value)
            ? value
            : throw UsageException.Of(option, shown ?? text, accepted);
}
