using System.Text;
using System.Text.Json;
using Hetero.Core.Environments;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>
/// Reads a list of environments from JSON. What it keeps is in proportion to the text, whatever sizes that claims, and every refusal names the place in
/// the text. Not thread-safe.
/// </summary>
internal ref struct EnvironmentJsonReader
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Form = "{\"environments\":[{\"probability\":0.5,\"sigma\":[[1]]}, …]}";

    // Document, list, environment, matrix, row.
    private const int Depth = 5;
    private const int LongestShown = 60;

    private readonly ReadOnlySpan<byte> _text;
    private readonly int _rank;
    private readonly List<double[]> _matrices = [];
    private readonly List<double> _probabilities = [];
    private Utf8JsonReader _json;

    /// <summary>Stands before the beginning of a text.</summary>
    /// <param name="text">JSON in UTF-8.</param>
    /// <param name="rank">The order r2 that the matrices must have.</param>
    public EnvironmentJsonReader(ReadOnlySpan<byte> text, int rank)
    {
        _text = text;
        _rank = rank;
        _json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Depth });
    }

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonException">It is not JSON, or nested more deeply than a list is.</exception>
    /// <exception cref="FormatException">It is something else; the message says where, what was found and what is accepted.</exception>
    public IReadOnlyList<ListedEnvironment> Read()
    {
        _json.Read();
        ReadObject("the document", ["environments"], "environments");
        _json.Read();
        if (_matrices.Count == 0)
        {
            throw Refuse("no environment", $"at least one, {Form}");
        }

        if (_probabilities.Count != 0 && _probabilities.Count != _matrices.Count)
        {
            throw Refuse($"{_matrices.Count} environments and {_probabilities.Count} probabilities", "a probability for each of them or for none");
        }

        try
        {
            _ = new FiniteEnvironments(_rank, _matrices, [.. _probabilities]);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"is a list that the library refuses: {ArgumentText.Of(exception)}");
        }

        ListedEnvironment[] list = new ListedEnvironment[_matrices.Count];
        for (int e = 0; e < list.Length; e++)
        {
            list[e] = new ListedEnvironment(_matrices[e], _probabilities.Count == 0 ? null : _probabilities[e]);
        }

        return list;
    }

    /// <summary>Reads an object with some of the known members, each at most once.</summary>
    private void ReadObject(string place, scoped ReadOnlySpan<string> known, string required)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw Refuse($"{Kind()} as {place}", Form);
        }

        HashSet<string> found = [];
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = ReadName(known, place);
            if (!found.Add(name))
            {
                throw Refuse($"'{name}' twice in {place}", "every name once");
            }

            _json.Read();
            ReadMember(name, place);
        }

        if (!found.Contains(required))
        {
            throw Refuse($"no '{required}' in {place}", Form);
        }
    }

    /// <summary>A mistyped "probability" must not silently mean equal odds.</summary>
    private readonly string ReadName(scoped ReadOnlySpan<string> known, string place)
    {
        try
        {
            foreach (string name in known)
            {
                if (_json.ValueTextEquals(name))
                {
                    return name;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is JSON, but no text.
        }

        throw Refuse($"'{Raw()}' in {place}", Form);
    }

    private void ReadMember(string name, string place)
    {
        switch (name)
        {
            case "environments":
                Expect(JsonTokenType.StartArray, $"'{name}' of {place}");
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                {
                    ReadObject($"environments[{_matrices.Count}]", ["probability", "sigma"], "sigma");
                }

                break;
            case "sigma":
                Expect(JsonTokenType.StartArray, $"'{name}' of {place}");
                _matrices.Add(ReadMatrix($"{place}.{name}"));
                break;
            default:
                double probability = ReadNumber($"{place}.{name}", "a finite number above 0");
                _probabilities.Add(probability > 0 ? probability : throw Refuse($"{Raw()} in {place}.{name}", "a finite number above 0"));
                break;
        }
    }

    private double[] ReadMatrix(string place)
    {
        string accepted = $"{_rank} rows of {_rank} numbers, as '--spurious-rank' is {_rank}";
        int rows = CountElements();
        if (rows != _rank)
        {
            throw Refuse($"{rows} rows in {place}", accepted);
        }

        List<double> entries = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartArray || CountElements() != _rank)
            {
                throw Refuse($"{RawElement()} as a row of {place}", accepted);
            }

            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                entries.Add(ReadNumber(place, "a finite number"));
            }
        }

        double[] matrix = [.. entries];
        CheckSymmetric(matrix, place);
        return matrix;
    }

    private readonly void CheckSymmetric(double[] matrix, string place)
    {
        double largest = matrix.Max(Math.Abs);
        for (int i = 0; i < _rank; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (double below, double above) = (matrix[(i * _rank) + j], matrix[(j * _rank) + i]);
                if (!(Math.Abs(below - above) <= FiniteEnvironments.Tolerance * largest))
                {
                    throw Refuse(
                        $"{Texts.Of(below)} at ({i}, {j}) and {Texts.Of(above)} at ({j}, {i}) of {place}",
                        $"a symmetric matrix, within {Texts.Of(FiniteEnvironments.Tolerance)} of its largest entry");
                }
            }
        }
    }

    private readonly double ReadNumber(string place, string accepted)
        => _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Refuse($"{RawElement()} in {place}", accepted);

    private readonly void Expect(JsonTokenType type, string place)
    {
        if (_json.TokenType != type)
        {
            throw Refuse($"{Kind()} as {place}", Form);
        }
    }

    /// <summary>The number of elements of the array at whose beginning the reader stands.</summary>
    private readonly int CountElements()
    {
        Utf8JsonReader ahead = _json;
        int count = 0;
        while (ahead.Read() && ahead.TokenType != JsonTokenType.EndArray)
        {
            ahead.Skip();
            count++;
        }

        return count;
    }

    /// <summary>The text of the whole element at whose beginning the reader stands.</summary>
    private readonly string RawElement()
    {
        Utf8JsonReader ahead = _json;
        ahead.Skip();
        return Shown.Of(Encoding.UTF8.GetString(_text[(int)_json.TokenStartIndex..(int)ahead.BytesConsumed]), LongestShown);
    }

    /// <summary>The text of a name or a number, without quotes.</summary>
    private readonly string Raw() => Shown.Of(Encoding.UTF8.GetString(_json.ValueSpan), LongestShown);

    private readonly string Kind() => _json.TokenType switch
    {
        JsonTokenType.StartObject => "object",
        JsonTokenType.StartArray => "array",
        _ => _json.TokenType.ToString().ToLowerInvariant(),
    };

    private static FormatException Refuse(string found, string accepted) => new($"has {found}; accepted is {accepted}.");
}
