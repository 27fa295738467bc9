namespace Hetero.Charts;

/// <summary>Text elements. The size is an attribute, so that viewers that ignore style sheets keep the layout.</summary>
internal static class TextDrawing
{
    public const string Start = "start";
    public const string Middle = "middle";
    public const string End = "end";

    /// <summary>Lines of text below each other, the first one with its top at <paramref name="top"/>.</summary>
    public static void Block(SvgWriter svg, IReadOnlyList<string> lines, TextStyle style, string anchor, double x, double top)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            Line(svg, lines[i], style, anchor, x, top + style.Ascent + (i * style.LineHeight));
        }
    }

    public static void Line(SvgWriter svg, string text, TextStyle style, string anchor, double x, double baseline) => svg.Text(
        "text",
        text,
        ("class", style.Class),
        ("x", SvgWriter.Number(x)),
        ("y", SvgWriter.Number(baseline)),
        ("font-size", SvgWriter.Number(style.Size)),
        ("text-anchor", anchor));

    /// <summary>A line of text turned around its anchor by degrees, clockwise.</summary>
    public static void Turned(SvgWriter svg, string text, TextStyle style, string anchor, double x, double y, int degrees) => svg.Text(
        "text",
        text,
        ("class", style.Class),
        ("x", SvgWriter.Number(x)),
        ("y", SvgWriter.Number(y)),
        ("font-size", SvgWriter.Number(style.Size)),
        ("text-anchor", anchor),
        ("transform", $"rotate({SvgWriter.Number(degrees)} {SvgWriter.Number(x)} {SvgWriter.Number(y)})"));

    /// <summary>Lines that read upwards, centred at a height; the first stands leftmost, with its top at <paramref name="left"/>.</summary>
    public static void Upwards(SvgWriter svg, IReadOnlyList<string> lines, TextStyle style, double left, double middle)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            Turned(svg, lines[i], style, Middle, left + style.Ascent + (i * style.LineHeight), middle, -90);
        }
    }
}
