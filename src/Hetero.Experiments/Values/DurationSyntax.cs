using System.Globalization;

namespace Hetero.Experiments.Values;

/// <summary>Lengths of time as options read them.</summary>
internal static class DurationSyntax
{
    // What a timer takes.
    private const double Most = 1e6;

    private static readonly (string Suffix, double Seconds)[] Units = [("s", 1), ("min", 60), ("m", 60), ("h", 3600), ("d", 86_400)];

    /// <summary>A length of time above 0.</summary>
    public static ValueSyntax<TimeSpan> Format { get; } = new("a number of seconds above 0, or one with s, m or min, h or d, up to a million seconds", TryRead);

    private static bool TryRead(string text, out TimeSpan length)
    {
        (string suffix, double unit) = Array.Find(Units, unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal)) is { Suffix: { } found } of ? (found, of.Seconds) : ("", 1);
        string number = text[..^suffix.Length].TrimEnd(' ');
        bool isRead = double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value) && value * unit is > 0 and <= Most;
        length = isRead ? TimeSpan.FromSeconds(value * unit) : default;
        return isRead && length > TimeSpan.Zero;
    }
}
