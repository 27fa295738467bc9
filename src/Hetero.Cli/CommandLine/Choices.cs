namespace Hetero.Cli.CommandLine;

/// <summary>The words that an option accepts and what they stand for.</summary>
internal sealed class Choices<T>(params (string Name, T Value)[] entries)
    where T : struct, Enum
{
    /// <summary>The words, separated by bars, as the help shows them.</summary>
    public string HelpName { get; } = string.Join('|', entries.Select(e => e.Name));

    public T Parse(string option, string text)
    {
        foreach ((string name, T value) in entries)
        {
            if (name == text)
            {
                return value;
            }
        }

        throw UsageException.Of(option, text, string.Join(", ", entries.Select(e => e.Name)));
    }

    public string NameOf(T value) => entries.Single(e => EqualityComparer<T>.Default.Equals(e.Value, value)).Name;
}
