using System.Globalization;

namespace Hetero.Core.FsCheck.Shrinking;

/// <summary>How simple a number is to read, as a whole number: shrinking makes it smaller at every step and so comes to an end.</summary>
internal static class Simplicity
{
    /// <summary>0 for 0, then 1, powers of ten, and the other numbers by their significant digits; a negative number comes right after its opposite.</summary>
    public static int Of(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value == 0 ? 0 : int.MaxValue;
        }

        double size = Math.Abs(value);
        int digits = Digits(size);
        int rank = size == 1 ? 1 : digits == 1 && size == PowerOfTen(size) ? 2 : 2 + digits;
        return (2 * rank) + (value < 0 ? 1 : 0);
    }

    /// <summary>Numbers near a value that are simpler, the simplest first: the nearest power of ten, one to three digits, the opposite of a negative one.</summary>
    public static IEnumerable<double> Simpler(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return [];
        }

        double[] candidates = [Math.CopySign(PowerOfTen(Math.Abs(value)), value), Round(value, 1), Round(value, 2), Round(value, 3), -value];
        return candidates.Where(candidate => Of(candidate) < Of(value)).Distinct();
    }

    /// <summary>The value to a number of significant digits.</summary>
    public static double Round(double value, int digits)
        => double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int Digits(double size)
    {
        // The shortest text that brings the number back, without exponent, point and outer zeros.
        string text = size.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E');
        string mantissa = (exponent < 0 ? text : text[..exponent]).Replace(".", "", StringComparison.Ordinal).Trim('0');
        return mantissa.Length;
    }

    // Through text: a product of tens is not always the number that the text "1E-05" stands for.
    private static double PowerOfTen(double size)
        => double.Parse($"1E{(int)Math.Round(Math.Log10(size))}", CultureInfo.InvariantCulture);
}
