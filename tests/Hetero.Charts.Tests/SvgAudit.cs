using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

/// <summary>Reads a rendered picture back and measures what is in it.</summary>
internal sealed partial class SvgAudit
{
    public SvgAudit(string svg)
    {
        Text = svg;
        Root = XDocument.Parse(svg).Root!;
        double[] view = [.. Numbers().Matches((string)Root.Attribute("viewBox")!).Select(m => Parse(m.Value))];
        View = new(view[0], view[1], view[2], view[3]);
    }

    public string Text { get; }

    public XElement Root { get; }

    public Box View { get; }

    public static SvgAudit Of(Chart chart) => new(SvgRenderer.Render(chart));

    public IEnumerable<XElement> All(string name) => Root.Descendants().Where(e => e.Name.LocalName == name);

    public IEnumerable<string> Texts() => All("text").Select(t => t.Value);

    public IEnumerable<XElement> WithClass(string name) => Root.Descendants().Where(e => (string?)e.Attribute("class") == name);

    /// <summary>Checks that every shape and every text lies inside the picture.</summary>
    public void AssertInside()
    {
        foreach (XElement element in Root.Descendants())
        {
            foreach ((double x, double y) in Corners(element))
            {
                Assert.True(
                    x >= -0.01 && y >= -0.01 && x <= View.Width + 0.01 && y <= View.Height + 0.01,
                    $"({x}, {y}) is outside {View.Width}×{View.Height}: {element}");
            }
        }
    }

    /// <summary>Checks that no two level or upright texts lie on each other.</summary>
    public void AssertNoTextOverlaps()
    {
        (XElement Element, Box Box)[] texts =
        [
            .. All("text").Where(t => Turn(t) % 90 == 0).Select(t => (t, Shrunk(Bounds([.. Corners(t)])))),
        ];
        for (int i = 0; i < texts.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.False(texts[i].Box.Overlaps(texts[j].Box), $"{texts[i].Element} lies on {texts[j].Element}");
            }
        }
    }

    private static IEnumerable<(double X, double Y)> Corners(XElement e)
    {
        double N(string name) => Parse((string)e.Attribute(name)!);
        switch (e.Name.LocalName)
        {
            case "rect":
                return [(N("x"), N("y")), (N("x") + N("width"), N("y") + N("height"))];
            case "circle":
                return [(N("cx") - N("r"), N("cy") - N("r")), (N("cx") + N("r"), N("cy") + N("r"))];
            case "path":
                double[] values = [.. Numbers().Matches((string)e.Attribute("d")!).Select(m => Parse(m.Value))];
                return values.Chunk(2).Select(p => (p[0], p[1]));
            case "text":
                return TextCorners(e, N("x"), N("y"), N("font-size"));
            default:
                return [];
        }
    }

    private static IEnumerable<(double X, double Y)> TextCorners(XElement e, double x, double y, double size)
    {
        string style = (string)e.Attribute("class")!;
        double width = TextWidth.Of(e.Value, new TextStyle(style, size, style == "hc-title"));
        double left = (string)e.Attribute("text-anchor")! switch
        {
            "start" => 0,
            "middle" => -width / 2,
            _ => -width,
        };
        double radians = Turn(e) * Math.PI / 180;
        (double sin, double cos) = Math.SinCos(radians);
        return new[] { (left, -size * 0.8), (left + width, -size * 0.8), (left + width, size * 0.22), (left, size * 0.22) }
            .Select(p => (x + (p.Item1 * cos) - (p.Item2 * sin), y + (p.Item1 * sin) + (p.Item2 * cos)));
    }

    private static double Turn(XElement e) =>
        (string?)e.Attribute("transform") is { } t ? Parse(Numbers().Match(t).Value) : 0;

    private static Box Bounds((double X, double Y)[] corners)
    {
        double left = corners.Min(c => c.X);
        double top = corners.Min(c => c.Y);
        return new(left, top, corners.Max(c => c.X) - left, corners.Max(c => c.Y) - top);
    }

    private static Box Shrunk(Box box) => new(box.Left + 0.5, box.Top + 0.5, box.Width - 1, box.Height - 1);

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Numbers();
}
