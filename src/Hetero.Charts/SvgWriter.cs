using System.Globalization;
using System.Text;

namespace Hetero.Charts;

/// <summary>Writes SVG text. It owns all syntax: nesting, escaping and the form of numbers.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>A pixel coordinate with at most two decimals: the same digits on every machine, whatever the last bits of a logarithm.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), value, Guard.Invariant($"value is {value}; accepted: a finite coordinate."));
        }

        // Adding zero turns −0 into 0.
        return (Math.Round(value, 2, MidpointRounding.AwayFromZero) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);
    }

    public static string Point(double x, double y) => Number(x) + "," + Number(y);

    public void Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, attributes);
        _text.Append(">\n");
        _open.Push(element);
    }

    public void Close()
    {
        string element = _open.Pop();
        Indent();
        _text.Append("</").Append(element).Append(">\n");
    }

    public void Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, attributes);
        _text.Append("/>\n");
    }

    public void Text(string element, string content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        Escape(content);
        _text.Append("</").Append(element).Append(">\n");
    }

    /// <summary>The document so far, once everything is closed.</summary>
    public override string ToString() => _open.Count == 0
        ? _text.ToString()
        : throw new InvalidOperationException($"<{_open.Peek()}> is still open; accepted: a document whose elements are all closed.");

    private void Start(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Indent();
        _text.Append('<').Append(element);
        foreach ((string name, string value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"");
            Escape(value);
            _text.Append('"');
        }
    }

    private void Indent() => _text.Append(' ', _open.Count);

    private void Escape(string value)
    {
        foreach (Rune rune in value.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    _text.Append("&amp;");
                    break;
                case '<':
                    _text.Append("&lt;");
                    break;
                case '>':
                    _text.Append("&gt;");
                    break;
                case '"':
                    _text.Append("&quot;");
                    break;

                // XML 1.0 has no way to write these, not even escaped. (Lone surrogates already come out as U+FFFD.)
                case (< 0x20 and not '\t' and not '\n') or 0xfffe or 0xffff:
                    _text.Append('\uFFFD');
                    break;
                default:
                    _text.Append(rune.ToString());
                    break;
            }
        }
    }
}
