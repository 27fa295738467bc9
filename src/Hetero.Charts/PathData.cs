using System.Text;

namespace Hetero.Charts;

/// <summary>The d attribute of paths.</summary>
internal sealed class PathData
{
    private readonly StringBuilder _text = new();

    public bool IsEmpty => _text.Length == 0;

    public void Move(double x, double y) => _text.Append('M').Append(SvgWriter.Point(x, y));

    public void Line(double x, double y) => _text.Append('L').Append(SvgWriter.Point(x, y));

    public void Close() => _text.Append('Z');

    public void Polygon(IReadOnlyList<(double X, double Y)> points)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (i == 0)
            {
                Move(points[i].X, points[i].Y);
            }
            else
            {
                Line(points[i].X, points[i].Y);
            }
        }

        if (points.Count > 0)
        {
            Close();
        }
    }

    public override string ToString() => _text.ToString();
}
