namespace Hetero.Experiments.Values;

/// <summary>The words that an option accepts and what they stand for.</summary>
internal sealed class Choices<T>(params (string Name, T Value)[] entries)
    : ValueSyntax<T>(string.Join(", ", entries.Select(e => e.Name)), (text, out value) => TryFind(entries, text, out value))
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override string HelpName { get; } = string.Join('|', entries.Select(e => e.Name));

    /// <summary>The word for a value; for one that is none of these a word that is not accepted.</summary>
    public string NameOf(T value) => entries.FirstOrDefault(e => EqualityComparer<T>.Default.Equals(e.Value, value)).Name ?? value.ToString();

    private static bool TryFind((string Name, T Value)[] entries, string text, out T value)
    {
        foreach ((string name, T entry) in entries)
        {
            if (name == text)
            {
                value = entry;
                return true;
            }
        }

        value = default;
        return false;
    }
}
