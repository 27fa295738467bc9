using System.Globalization;

namespace Hetero.Cli.CommandLine;

/// <summary>Amounts of memory as text: bytes, or K, M, G, T (powers of 1000), or KiB, MiB, GiB, TiB (powers of 1024).</summary>
internal static class ByteSize
{
    private const string Letters = "KMGT";

    public static long Parse(string option, string text)
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
        if (unit is { } factor
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * factor is >= 1 and < long.MaxValue)
        {
            return (long)(value * factor);
        }

        throw UsageException.Of(option, text, "a number of bytes, 1 or more, or one with K, M, G, T (powers of 1000) or KiB, MiB, GiB, TiB");
    }

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
}
