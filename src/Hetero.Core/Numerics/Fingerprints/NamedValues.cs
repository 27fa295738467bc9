using System.Globalization;

namespace Hetero.Core.Numerics;

/// <summary>
/// What something depends on, as names with values in one line of text. Numbers stand there with all their digits, what is longer than one by a hash. Causes
/// go in before their effects: the first entry in which two lines differ is the one to name.
/// </summary>
internal sealed class NamedValues
{
    private readonly List<(string Name, string Value)> _entries = [];

    public void Add(string name, string value) => _entries.Add((name, value));

    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, ulong value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, double value) => Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    public void Add(string name, Enum value) => Add(name, value.ToString());

    public void Add(string name, Fingerprint value) => Add(name, $"#{value.Hash:x16}");

    /// <summary>The line: name=value, separated by blanks.</summary>
    public override string ToString() => string.Join(' ', _entries.Select(entry => $"{entry.Name}={entry.Value}"));

    /// <summary>The first entry in which another line differs.</summary>
    /// <param name="line">A line that other values made.</param>
    /// <returns>The name, and both values, empty where one of them has no such entry; an empty name if the lines have the same entries in another form;
    /// null if they are equal.</returns>
    public (string Name, string Found, string Expected)? FirstDifference(string line)
    {
        if (line == ToString())
        {
            return null;
        }

        (string Name, string Value)[] others = [.. line.Split(' ').Select(entry => entry.Split('=', 2)).Select(parts => (parts[0], parts[^1]))];
        foreach ((string name, string value) in _entries)
        {
            string found = others.FirstOrDefault(other => other.Name == name).Value ?? "";
            if (found != value)
            {
                return (name, found, value);
            }
        }

        // All that is known here agrees, so that the other one has more.
        (string surplus, string extra) = others.FirstOrDefault(other => _entries.TrueForAll(entry => entry.Name != other.Name));
        return (surplus ?? "", extra ?? "", "");
    }
}
