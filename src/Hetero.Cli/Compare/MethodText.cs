using Hetero.Cli.CommandLine;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Compare;

/// <summary>A method as one word of a command line: its name, and the words of its options.</summary>
/// <param name="Name">The name.</param>
/// <param name="Words">Options of hetero run and their values.</param>
internal sealed record MethodText(string Name, IReadOnlyList<string> Words)
{
    /// <summary>The option.</summary>
    public const string Option = "--method";

    private const int LongestName = 60;

    /// <summary>What the option accepts.</summary>
    public static string Accepted { get; }
        = $"a name, a colon and options of hetero run, or one of {string.Join(", ", Known())}, which may have a colon and options too";

    /// <summary>Takes a text apart. A name that is a word for an algorithm or an objective stands for it.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static MethodText Read(string text)
    {
        int colon = text.IndexOf(':');
        string name = (colon < 0 ? text : text[..colon]).Trim();
        bool isKnown = Known().Contains(name);
        if (name.Length is 0 or > LongestName || name.StartsWith('-') || name.Contains(" --", StringComparison.Ordinal)
            || Shown.Escape(name) != name || (colon < 0 && !isKnown))
        {
            throw UsageException.Of(Option, text, Accepted);
        }

        string[] own = colon < 0 ? [] : Split(text, text[(colon + 1)..]);
        return new MethodText(name, isKnown ? [RecipeWords.Algorithms.TryRead(name, out _) ? "--algorithm" : "--objective", name, .. own] : own);
    }

    /// <summary>The names that stand for themselves.</summary>
    private static IEnumerable<string> Known()
        => [
            .. Enum.GetValues<Algorithm>().Select(RecipeWords.Algorithms.NameOf),
            .. Enum.GetValues<ObjectiveKind>().Where(kind => kind != ObjectiveKind.None).Select(RecipeWords.Objectives.NameOf),
        ];

    /// <summary>Words at blanks; what stands in quotes, of either kind, is one word or a part of one.</summary>
    private static string[] Split(string text, string options)
    {
        List<string> words = [];
        string word = "";
        bool isOpen = false;
        char? quote = null;
        foreach (char letter in options)
        {
            if (quote is null && letter is ('"' or '\''))
            {
                (quote, isOpen) = (letter, true);
            }
            else if (letter == quote)
            {
                quote = null;
            }
            else if (quote is not null || !char.IsWhiteSpace(letter))
            {
                (word, isOpen) = (word + letter, true);
            }
            else if (isOpen)
            {
                words.Add(word);
                (word, isOpen) = ("", false);
            }
        }

        return quote is null
            ? isOpen ? [.. words, word] : [.. words]
            : throw UsageException.Of(Option, text, $"{Accepted}, with every quote closed");
    }
}
