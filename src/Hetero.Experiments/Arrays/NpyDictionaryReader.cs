using System.Globalization;
using System.Text;

namespace Hetero.Experiments.Arrays;

/// <summary>
/// Reads the dictionary of a <c>.npy</c> header: the three members, in any order, each once, as Python literals. Nothing is evaluated, nothing else is
/// accepted, and what is kept is in proportion to the text.
/// </summary>
internal ref struct NpyDictionaryReader(ReadOnlySpan<byte> text, string file)
{
    private const string Accepted = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } as NumPy writes it";

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly string _file = file;
    private int _at;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="ArrayFileException">It is something else.</exception>
    public NpyDictionary Read()
    {
        string? descr = null;
        bool? fortranOrder = null;
        List<long>? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            string name = ReadString();
            Expect(':');
            switch (name)
            {
                case "descr" when descr is null:
                    descr = ReadDescr();
                    break;
                case "fortran_order" when fortranOrder is null:
                    fortranOrder = ReadBoolean();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Refuse($"has '{Values.Shown.Of(name, 40)}' {(name is "descr" or "fortran_order" or "shape" ? "twice " : "")}in its header");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        return _at != _text.Length
            ? throw Refuse("has something behind the dictionary of its header")
            : descr is null || fortranOrder is null || shape is null
                ? throw Refuse($"has no '{(descr is null ? "descr" : fortranOrder is null ? "fortran_order" : "shape")}' in its header")
                : new NpyDictionary(descr, fortranOrder.Value, shape);
    }

    /// <summary>A type that is a list of fields is no type of numbers, whatever it holds.</summary>
    private string ReadDescr()
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] is (byte)'[' or (byte)'(' ? throw Refuse("holds records of several fields") : ReadString();
    }

    private string ReadString()
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] is not ((byte)'\'' or (byte)'"'))
        {
            throw Unexpected("a name or type in quotes");
        }

        byte quote = _text[_at++];
        int length = _text[_at..].IndexOf(quote);
        if (length < 0)
        {
            throw Refuse("has a quote without an end in its header");
        }

        string value = Encoding.Latin1.GetString(_text.Slice(_at, length));
        _at += length + 1;
        return value;
    }

    private bool ReadBoolean()
    {
        SkipSpace();
        ReadOnlySpan<byte> rest = _text[_at..];
        bool value = rest.StartsWith("True"u8);
        if (!value && !rest.StartsWith("False"u8))
        {
            throw Unexpected("True or False");
        }

        _at += value ? 4 : 5;
        return value;
    }

    private List<long> ReadShape()
    {
        List<long> shape = [];
        Expect('(');
        while (!TryTake(')'))
        {
            shape.Add(ReadSize());
            if (TryTake(','))
            {
                continue;
            }

            // (5) is a number in Python, not a tuple of one.
            if (shape.Count == 1)
            {
                throw Unexpected("a comma");
            }

            Expect(')');
            break;
        }

        return shape;
    }

    private long ReadSize()
    {
        SkipSpace();
        int digits = 0;
        while (_at + digits < _text.Length && char.IsAsciiDigit((char)_text[_at + digits]))
        {
            digits++;
        }

        if (digits == 0)
        {
            throw Unexpected("a size, 0 or more");
        }

        ReadOnlySpan<byte> number = _text.Slice(_at, digits);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long size))
        {
            throw new ArrayFileException(_file, $"has a size of {Values.Shown.Of(Encoding.ASCII.GetString(number), 40)} in its shape", "one that fits the file");
        }

        _at += digits;
        return size;
    }

    private bool TryTake(char character)
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] == character)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Expect(char character)
    {
        if (!TryTake(character))
        {
            throw Unexpected($"'{character}'");
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _at++;
        }
    }

    private readonly ArrayFileException Unexpected(string wanted)
        => Refuse(
            _at < _text.Length
                ? string.Create(CultureInfo.InvariantCulture, $"has '{Values.Shown.Of(((char)_text[_at]).ToString())}' where its header needs {wanted}, at byte {_at} of it")
                : $"ends where its header needs {wanted}");

    private readonly ArrayFileException Refuse(string found) => new(_file, found, Accepted);
}
