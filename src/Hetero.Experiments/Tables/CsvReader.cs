using System.Globalization;
using System.Text;

namespace Hetero.Experiments.Tables;

/// <summary>
/// Reads what <see cref="CsvTable"/> and the trajectories' writer write, and nothing else: a header, as many cells in every row, and a line feed after the last
/// of them, without which a table has lost its end. Lines may end in a carriage return before it.
/// </summary>
internal sealed class CsvReader
{
    private readonly string _text;
    private int _place;
    private int _line = 1;

    private CsvReader(string text) => _text = text;

    /// <summary>Reads a table.</summary>
    /// <param name="text">The whole text.</param>
    /// <exception cref="FormatException">It is none; the message says what was found where, as a sentence without its subject.</exception>
    public static CsvTable Read(string text) => new CsvReader(text).Read();

    private CsvTable Read()
    {
        if (_text.Length == 0)
        {
            throw new FormatException("is empty");
        }

        List<string> header = ReadRow();
        if (header.Find(string.IsNullOrWhiteSpace) is not null)
        {
            throw new FormatException("has a column without a name");
        }

        if (header.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FormatException($"has the column '{Values.Shown.Of(twice.Key)}' twice");
        }

        CsvTable table = new(header);
        while (_place < _text.Length)
        {
            int line = _line;
            List<string> cells = ReadRow();
            table.Add(cells.Count == header.Count
                ? cells
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"has {cells.Count} cells in line {line}, where the header has {header.Count}")));
        }

        return table;
    }

    private List<string> ReadRow()
    {
        List<string> cells = [];
        int line = _line;
        while (true)
        {
            cells.Add(_place < _text.Length && _text[_place] == '"' ? ReadQuoted() : ReadPlain());
            if (_place == _text.Length)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"ends in the middle of line {line}"));
            }

            if (_text[_place++] == '\n')
            {
                _line++;
                return cells;
            }
        }
    }

    private string ReadPlain()
    {
        int length = _text.AsSpan(_place).IndexOfAny(',', '\n', '"');
        int end = length < 0 ? _text.Length : _place + length;
        if (end < _text.Length && _text[end] == '"')
        {
            throw Mark();
        }

        string cell = _text[_place..end];
        _place = end;
        return end < _text.Length && _text[end] == '\n' ? cell.TrimEnd('\r') : cell;
    }

    private string ReadQuoted()
    {
        StringBuilder cell = new();
        while (true)
        {
            int end = _text.IndexOf('"', _place + 1);
            if (end < 0)
            {
                throw Mark();
            }

            _line += _text.AsSpan(_place, end - _place).Count('\n');
            cell.Append(_text, _place + 1, end - _place - 1);
            _place = end + 1;
            if (_place == _text.Length || _text[_place] != '"')
            {
                break;
            }

            cell.Append('"');
        }

        _place += _place + 1 < _text.Length && _text[_place] == '\r' ? 1 : 0;
        return _place == _text.Length || _text[_place] is ',' or '\n' ? cell.ToString() : throw Mark();
    }

    private FormatException Mark() => new(string.Create(CultureInfo.InvariantCulture, $"has a quotation mark in line {_line} that does not open or close a cell"));
}
