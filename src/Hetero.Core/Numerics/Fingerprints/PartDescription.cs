using System.Globalization;
using System.Numerics;
using System.Text;

namespace Hetero.Core.Numerics;

/// <summary>
/// What the numbers of a run depend on, as names with values in one line of text: each part adds its own, a saved state keeps the line, and a state is
/// continued only where the lines are equal. Numbers stand there with all their digits, what is longer by a 64-bit hash.
/// </summary>
/// <remarks>Causes go in before their effects: the first entry in which two lines differ is the one that a message names. Not thread-safe.</remarks>
public sealed class PartDescription
{
    // Long enough for names, short enough that a line of them can be read.
    private const int LongestText = 64;

    private readonly List<(string Name, string Value)> _entries = [];

    // Entries of what a later hash holds already. Lines that were written before there were any are held against the others alone.
    private readonly HashSet<string> _details = [];

    /// <summary>Adds a text; one that is long, is no Unicode, or has blanks, control characters or an equals sign in it, as a hash.</summary>
    /// <param name="name">The name, without blanks, control characters, equals signs and halves of surrogate pairs.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The name cannot stand in the line.</exception>
    public void Add(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.Length is 0 or > LongestText || !IsWord(name))
        {
            throw new ArgumentException(
                $"'{nameof(name)}' is '{name}'; accepted are 1 to {LongestText} characters without blanks, control characters, equals signs and halves of pairs.", nameof(name));
        }

        if (value.Length > LongestText || !IsWord(value))
        {
            Fingerprint hash = default;
            hash.Add(value);
            Add(name, hash);
            return;
        }

        _entries.Add((name, value));
    }

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, ulong value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value: any, NaN and infinities too, which are written as such.</param>
    public void Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds one of a few choices.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(name, value.ToString());
    }

    /// <summary>Adds a hash of many numbers, by their bits.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="values">The numbers.</param>
    public void Add<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Fingerprint hash = default;
        hash.Add(values);
        Add(name, hash);
    }

    /// <summary>Returns the line: name=value, separated by blanks.</summary>
    public override string ToString() => LineOf(_entries);

    /// <summary>Gets the number of entries.</summary>
    internal int Count => _entries.Count;

    /// <summary>Gets how many bytes the line has in UTF-8.</summary>
    internal int ByteCount => Encoding.UTF8.GetByteCount(ToString());

    /// <summary>Adds an entry that a later one implies, so that a message can say where in it the difference is.</summary>
    internal void AddDetail(string name, string value)
    {
        Add(name, value);
        _details.Add(name);
    }

    /// <inheritdoc cref="AddDetail(string, string)"/>
    internal void AddDetail(string name, Fingerprint value) => AddDetail(name, TextOf(value));

    /// <summary>Adds a number that parts may share, such as a seed: it stands there once.</summary>
    internal void AddShared(string name, ulong value)
    {
        if (!_entries.Contains((name, value.ToString(CultureInfo.InvariantCulture))))
        {
            Add(name, value);
        }
    }

    internal void Add(string name, Fingerprint value) => Add(name, TextOf(value));

    /// <summary>Adds a hash of what another part says of itself.</summary>
    internal void Add(string name, PartDescription part)
    {
        Fingerprint hash = default;
        hash.Add(part.ToString());
        Add(name, hash);
    }

    /// <summary>The first entry in which another line differs.</summary>
    /// <param name="line">A line that other values made.</param>
    /// <returns>The name, and both values, empty where one of them has no such entry; an empty name if the lines have the same entries in another form;
    /// null if they are equal.</returns>
    internal (string Name, string Found, string Expected)? FirstDifference(string line)
    {
        if (line == ToString())
        {
            return null;
        }

        (string Name, string Value)[] others = [.. line.Split(' ').Select(entry => entry.Split('=', 2)).Select(parts => (parts[0], parts[^1]))];
        List<(string Name, string Value)> expected = others.Any(other => _details.Contains(other.Name))
            ? _entries
            : [.. _entries.Where(entry => !_details.Contains(entry.Name))];
        if (line == LineOf(expected))
        {
            return null;
        }

        List<(string Name, string Value)> left = [.. others];
        foreach ((string name, string value) in expected)
        {
            // A part in another one of its kind repeats its names.
            int at = left.FindIndex(other => other.Name == name);
            if (at < 0 || left[at].Value != value)
            {
                return (name, at < 0 ? "" : left[at].Value, value);
            }

            left.RemoveAt(at);
        }

        // All that is known here agrees, so that the other one has more, or the same in another order.
        if (left.Count > 0)
        {
            return (left[0].Name, left[0].Value, "");
        }

        int moved = 0;
        while (moved < others.Length && others[moved] == expected[moved])
        {
            moved++;
        }

        return moved == others.Length ? ("", "", "") : (expected[moved].Name, "at another place", expected[moved].Value);
    }

    private static string LineOf(IEnumerable<(string Name, string Value)> entries) => string.Join(' ', entries.Select(entry => $"{entry.Name}={entry.Value}"));

    private static string TextOf(Fingerprint value) => $"#{value.Hash:x16}";

    // Half of a surrogate pair would come back as another character.
    private static bool IsWord(string text)
        => !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '=') && text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
