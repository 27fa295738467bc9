using System.Globalization;
using System.Text;

namespace Hetero.Experiments.Values;

/// <summary>Makes text that the command did not write itself fit for a message: what a file holds must neither steer a terminal nor fill it.</summary>
internal static class Shown
{
    /// <summary>The length that a value is cut to.</summary>
    public const int Longest = 200;

    /// <summary>A value: escaped, and cut with its length said if it is long.</summary>
    public static string Of(ReadOnlySpan<char> text, int longest = Longest)
    {
        if (text.Length <= longest)
        {
            return Escape(text);
        }

        int end = longest / 2;
        end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{Escape(text[..end])}… ({text.Length} characters)");
    }

    /// <summary>Replaces control and format characters, line ends and halves of pairs by their number, such as \u{1B} for the escape character.</summary>
    public static string Escape(ReadOnlySpan<char> text)
    {
        StringBuilder result = new(text.Length);
        while (Rune.DecodeFromUtf16(text, out Rune rune, out int length) is var status && length > 0)
        {
            if (status != System.Buffers.OperationStatus.Done)
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[0]:X}}}");
            }
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
            else
            {
                result.Append(text[..length]);
            }

            text = text[length..];
        }

        return result.ToString();
    }
}
