using System.Globalization;

namespace Hetero.Experiments.Values;

/// <summary>Amounts of memory as text: bytes, or K, M, G, T (powers of 1000), or KiB, MiB, GiB, TiB (powers of 1024).</summary>
internal static class ByteSize
{
    private const string Letters = "KMGT";

    /// <summary>What an option for an amount accepts, as <see cref="Of"/> writes it too.</summary>
    public static ValueSyntax<long> Format { get; } = new(
        "a number of bytes, 1 or more, or one with K, M, G, T (powers of 1000) or KiB, MiB, GiB, TiB", TryRead);

    /// <summary>Writes an amount with three digits, such as 1.05 GiB.</summary>
    public static string Of(Int128 bytes)
    {
        if (bytes < 1024)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        double value = (double)bytes / 1024;
        int unit = 0;
        while (value >= 1000 && unit < Letters.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string digits = value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00";
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {Letters[unit]}iB";
    }

    private static bool TryRead(string text, out long bytes)
    {
        string number = text.TrimEnd("KMGTiB".ToCharArray());
        string suffix = text[number.Length..];
        string prefix = suffix.EndsWith('B') ? suffix[..^1] : suffix;
        double? unit = prefix switch
        {
            "" => 1,
            [char letter] when Letters.Contains(letter) => Math.Pow(1000, Letters.IndexOf(letter) + 1),
            [char letter, 'i'] when Letters.Contains(letter) => Math.Pow(1024, Letters.IndexOf(letter) + 1),
            _ => null,
        };
        number = suffix.Length > 0 && number.EndsWith(' ') ? number[..^1] : number;
        if (unit is { } factor
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * factor is >= 1 and < long.MaxValue)
        {
            bytes = (long)(value * factor);
            return true;
        }

        bytes = 0;
        return false;
    }
}
