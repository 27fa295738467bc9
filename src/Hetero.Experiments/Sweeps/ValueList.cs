using System.Globalization;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>Reads the values that a sweep gives an option: a series of numbers, or texts one by one.</summary>
internal static class ValueList
{
    /// <summary>What is accepted.</summary>
    public const string Accepted = "values separated by commas or semicolons, FIRST:LAST:COUNT at even distances, or FIRST:LAST:COUNT:log at even ratios";

    private const string Logarithmic = ":log";

    // Digits that a person reads, and that no rounding of a power on one machine or another reaches.
    private const string Digits = "G12";

    /// <summary>Returns the values as texts, which the option has still to accept.</summary>
    /// <param name="option">The option.</param>
    /// <param name="text">What is said of its values.</param>
    /// <param name="isOfAFile">Whether the text stands beside the option's name in a file; else it is one of --vary.</param>
    /// <exception cref="RecipeException">A series is none.</exception>
    public static IReadOnlyList<string> Read(RunOption option, string text, bool isOfAFile = false)
    {
        if (text.Length == 0)
        {
            throw Refuse(option, text, isOfAFile);
        }

        if (option.Form == RecipeForm.Number && text.Contains(':', StringComparison.Ordinal))
        {
            return ReadSeries(option, text, isOfAFile);
        }

        // A list as a value has commas of its own.
        bool hasCommas = option.Form == RecipeForm.List || option.Name == "step-changes";
        return text.Split(hasCommas || text.Contains(';', StringComparison.Ordinal) ? ';' : ',');
    }

    private static string[] ReadSeries(RunOption option, string text, bool isOfAFile)
    {
        bool isLogarithmic = text.EndsWith(Logarithmic, StringComparison.Ordinal);
        string linear = isLogarithmic ? text[..^Logarithmic.Length] : text;
        if (!NumberSyntax.FiniteSeries.TryRead(linear, out double[] values) || (isLogarithmic && Math.Sign(values[0]) * Math.Sign(values[^1]) != 1))
        {
            throw Refuse(option, text, isOfAFile);
        }

        (double first, double last) = (values[0], values[^1]);
        string[] ends = linear.Split(':')[..2];
        if (option.IsWhole && !isLogarithmic && TryReadWhole(ends[0], out Int128 least) && TryReadWhole(ends[1], out Int128 most))
        {
            return [.. Enumerable.Range(0, values.Length).Select(i => i == 0 ? ends[0] : i == values.Length - 1 ? ends[1] : Between(least, most, i, values.Length - 1))];
        }

        return [.. values.Select((value, i) => i == 0 ? ends[0]
            : i == values.Length - 1 ? ends[1]
            : Between(option, isLogarithmic ? Geometric(first, last, (double)i / (values.Length - 1)) : value))];
    }

    /// <summary>A number between two of one sign; by logarithms, which neither their product nor their ratio could leave the range of.</summary>
    private static double Geometric(double first, double last, double share)
        => Math.CopySign(Math.Exp((Math.Log(Math.Abs(first)) * (1 - share)) + (Math.Log(Math.Abs(last)) * share)), first);

    /// <summary>The nearest whole number, the even one of two, where numbers may have more digits than a double.</summary>
    private static string Between(Int128 first, Int128 last, int i, int steps)
    {
        Int128 scaled = (first * (steps - i)) + (last * i), floor = scaled / steps;
        floor -= floor * steps > scaled ? 1 : 0;
        Int128 twice = 2 * (scaled - (floor * steps));
        return (floor + (twice > steps || (twice == steps && !Int128.IsEvenInteger(floor)) ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
    }

    private static bool TryReadWhole(string text, out Int128 value)
        => Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && Int128.Abs(value) <= ulong.MaxValue;

    private static string Between(RunOption option, double value) => option.IsWhole
        ? Math.Round(value).ToString("F0", CultureInfo.InvariantCulture)
        : Texts.Of(double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static RecipeException Refuse(RunOption option, string text, bool isOfAFile)
    {
        string accepted = $"{Accepted}: 2 to {Texts.Of(SweepAxis.MaxValues)} numbers, and for log both ends of one sign and not 0";
        return isOfAFile ? RecipeException.Of(option.CommandName, text, accepted) : RecipeException.Of("--vary", $"{option.Name}={text}", accepted);
    }
}
