using System.Globalization;
using System.Text;

namespace Hetero.Charts;

/// <summary>Estimates how wide text is, without knowing the viewer's font.</summary>
/// <remarks>The widths are those of a wide common face, so that the usual system fonts need less room than they are given.</remarks>
internal static class TextWidth
{
    // Thousandths of the font size for the characters from space to tilde.
    private static readonly short[] Ascii =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    public static double Of(string text, TextStyle style)
    {
        int thousandths = text.EnumerateRunes().Sum(Thousandths);
        return thousandths * style.Size * (style.IsBold ? 1.12 : 1) / 1000;
    }

    private static int Thousandths(Rune rune) => rune.Value switch
    {
        // Written as a replacement character, which is wide.
        < 0x20 => 1150,
        <= 0x7e => Ascii[rune.Value - 0x20],
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => 0,
        0xb2 or 0xb3 or 0xb9 or (>= 0x2070 and <= 0x209f) => 420,
        < 0x250 => 700,
        < 0x1100 => 720,
        0x2014 or 0x2026 => 1000,
        (>= 0x2010 and <= 0x206f) => 500,
        < 0x2e80 => 870,
        _ => 1150,
    };
}
