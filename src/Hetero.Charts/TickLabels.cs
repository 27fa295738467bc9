using System.Globalization;

namespace Hetero.Charts;

/// <summary>Numbers as they are written beside ticks: a true minus sign, superscript powers of ten, equal decimals along an axis.</summary>
internal static class TickLabels
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Labels for multiples of a step, all with the same number of decimals or the same power of ten.</summary>
    public static Tick[] Linear(double[] values, NiceStep step)
    {
        double largest = values.Length == 0 ? 0 : values.Max(Math.Abs);
        if (largest >= 1e6 || (largest > 0 && largest < 1e-3))
        {
            int exponent = PowerOfTen.Floor(largest);
            int decimals = Math.Max(0, step.Decimals + exponent);
            return [.. values.Select(v => new Tick(v, v == 0 ? "0" : Fixed(Scale(v, exponent), decimals) + "×" + Decade(exponent)))];
        }

        return [.. values.Select(v => new Tick(v, Fixed(v, Math.Max(0, step.Decimals))))];
    }

    /// <summary>Labels for values of any spacing.</summary>
    public static IEnumerable<Tick> Plain(IEnumerable<double> values) => values.Select(v => new Tick(v, Plain(v)));

    /// <summary>10 to a power, as in 10⁻³.</summary>
    public static string Decade(int exponent)
    {
        string digits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return "10" + (exponent < 0 ? "⁻" : "") + string.Concat(digits.Select(d => Superscripts[d - '0']));
    }

    private static string Plain(double value)
    {
        double magnitude = Math.Abs(value);
        if (value == 0 || (magnitude >= 1e-3 && magnitude < 1e5))
        {
            return Minus(value.ToString("0.#########", CultureInfo.InvariantCulture));
        }

        int exponent = PowerOfTen.Floor(magnitude);
        string mantissa = Scale(value, exponent).ToString("0.######", CultureInfo.InvariantCulture);
        return mantissa == "1" ? Decade(exponent) : Minus(mantissa) + "×" + Decade(exponent);
    }

    private static double Scale(double value, int exponent) =>
        exponent >= 0 ? value / PowerOfTen.Of(exponent) : value * PowerOfTen.Of(-exponent);

    private static string Fixed(double value, int decimals) =>
        Minus(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Minus(string number)
    {
        // "-0.0" is what rounding makes of a tiny negative number; nobody wants to read it.
        bool isZero = number.All(c => c is '-' or '0' or '.');
        return isZero ? number.TrimStart('-') : number.Replace('-', '−');
    }
}
