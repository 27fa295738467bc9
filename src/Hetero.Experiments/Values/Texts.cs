using System.Globalization;

namespace Hetero.Experiments.Values;

/// <summary>Writes numbers as options read them.</summary>
internal static class Texts
{
    /// <summary>Writes a number with the digits that bring it back.</summary>
    public static string Of(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a whole number.</summary>
    public static string Of(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a number of things, such as "1 seed" and "2 seeds".</summary>
    public static string Count(long number, string one) => $"{Of(number)} {one}{(number == 1 ? "" : "s")}";

    /// <summary>Writes a whole number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);
}
