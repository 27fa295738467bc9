namespace Hetero.Cli.Tests.Sweep;

/// <summary>A word of a command line, an option with or without a value, or an argument.</summary>
/// <param name="Words">What stands on the line. A word "@name" is that file of the case's own directory.</param>
/// <param name="Option">The option's name; null for anything else.</param>
/// <param name="Value">Its value; null for none.</param>
internal sealed record SweepPart(string[] Words, string? Option = null, string? Value = null)
{
    public static SweepPart Of(string word) => new([word]);

    /// <summary>An option as two words, or as one with a separator.</summary>
    public static SweepPart Of(string option, string value, char? separator = null)
        => new(separator is null ? [option, value] : [$"{option}{separator}{value}"], option, value);
}

/// <summary>One command line of the sweep.</summary>
/// <param name="Parts">Its parts; the first one is usually the command.</param>
internal sealed record SweepCase(IReadOnlyList<SweepPart> Parts)
{
    /// <summary>The command's name; empty if the line does not begin with one.</summary>
    public string Command => Parts.Count > 0 && Parts[0].Option is null ? Parts[0].Words[0] : "";

    /// <summary>The options with a value and where they are given, in order.</summary>
    public IEnumerable<SweepPart> Options => Parts.Where(part => part.Option is not null);

    /// <summary>The first value of an option; null if it has none.</summary>
    public string? ValueOf(string option) => Options.FirstOrDefault(part => part.Option == option)?.Value;

    public bool Has(string option) => Options.Any(part => part.Option == option);

    /// <summary>The same line with an option set to a value.</summary>
    public SweepCase With(string option, string value)
        => new([.. Parts.Where(part => part.Option != option), SweepPart.Of(option, value)]);

    /// <summary>The same line without an option.</summary>
    public SweepCase Without(string option) => new([.. Parts.Where(part => part.Option != option)]);

    /// <summary>The line as it can be typed, with control characters as C# writes them.</summary>
    public override string ToString()
        => string.Join(
            ' ', Parts.SelectMany(part => part.Words).Select(word => word.Length > 0 && word.All(IsPlain) ? word : $"\"{Written(word)}\""));

    private static bool IsPlain(char letter) => letter is > ' ' and < (char)127 && !"\"'\\$*[<>|&;".Contains(letter);

    private static string Written(string word)
        => string.Concat(word.Select(letter => letter is >= ' ' and < (char)127 and not ('"' or '\\') ? letter.ToString() : $"\\u{(int)letter:x4}"));
}
