using System.Text;

namespace Hetero.Charts;

/// <summary>Breaks text into lines that fit a width: at spaces where possible, inside a word only if the word alone is too long.</summary>
internal static class TextWrap
{
    public static IReadOnlyList<string> Lines(string? text, TextStyle style, double width)
    {
        List<string> lines = [];
        foreach (string paragraph in (text ?? "").Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                string longer = line.Length == 0 ? word : line + " " + word;
                if (TextWidth.Of(longer, style) <= width)
                {
                    line = longer;
                    continue;
                }

                if (line.Length > 0)
                {
                    lines.Add(line);
                }

                line = Break(word, style, width, lines);
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    // Adds the full pieces of an overlong word and returns what is left of it.
    private static string Break(string word, TextStyle style, double width, List<string> lines)
    {
        StringBuilder piece = new();
        foreach (Rune rune in word.EnumerateRunes())
        {
            if (piece.Length > 0 && TextWidth.Of(piece.ToString() + rune, style) > width)
            {
                lines.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(rune);
        }

        return piece.ToString();
    }
}
