using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>
/// A recipe cannot be what it asks to be: a value is out of range, does not fit the others, or is refused by the library; or JSON is no recipe. The
/// message is one line that names the option, the value found and what is accepted.
/// </summary>
public sealed class RecipeException : Exception
{
    private const string Dashes = "'--";

    /// <summary>Takes a line as the command says it, with dashes before the names of options.</summary>
    internal RecipeException(string commandText)
        : base(Plain(commandText)) => CommandText = commandText;

    private RecipeException(RecipeException refusal, string commandText)
        : this(commandText) => (Option, Value) = (refusal.Option, refusal.Value);

    private RecipeException(string option, string value, string rest)
        : base($"'{option.TrimStart('-')}' is '{Shown.Of(value)}'{Plain(rest)}")
        => (Option, Value, CommandText) = (option.TrimStart('-'), value, $"'{option}' is '{Shown.Of(value)}'{rest}");

    /// <summary>Gets the name of the option, such as "step-size"; null if it is not about one alone.</summary>
    public string? Option { get; }

    /// <summary>The names of all options that the line speaks of.</summary>
    internal IEnumerable<string> Names
    {
        get
        {
            foreach (string rest in CommandText.Split(Dashes).Skip(1))
            {
                int length = rest.TakeWhile(c => char.IsAsciiLetterLower(c) || c == '-').Count();
                yield return rest[..length];
            }
        }
    }

    /// <summary>Gets the value found; null if it is not about one option alone.</summary>
    public string? Value { get; }

    /// <summary>The line with options as they stand on a command line.</summary>
    internal string CommandText { get; }

    /// <summary>The same refusal with a remark at its end.</summary>
    internal RecipeException With(string remark) => new(this, $"{CommandText.TrimEnd('.')} ({remark}).");

    /// <summary>The usual line: which option, its value, what it accepts.</summary>
    internal static RecipeException Of(string option, string value, string accepted) => new(option, value, $"; accepted is {accepted}.");

    /// <summary>The same refusal where another word stands for an option.</summary>
    internal RecipeException Renamed(string option, string words) => new(this, CommandText.Replace(option, words, StringComparison.Ordinal));

    /// <summary>A value that the library refuses, and its words; an argument of its own that is part of another, such as options.Samples, is not the user's to know.</summary>
    internal static RecipeException Refused(string option, string value, string reason)
    {
        int end = reason.StartsWith('\'') ? reason.IndexOf('\'', 1) : -1;
        return new(option, value, $", which the library refuses: {(end > 0 && reason[..end].Contains('.') ? "it" + reason[(end + 1)..] : reason)}");
    }

    private static string Plain(string commandText) => commandText.Replace(Dashes, "'", StringComparison.Ordinal);
}
