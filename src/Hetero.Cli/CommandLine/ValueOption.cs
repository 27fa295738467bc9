using System.CommandLine;
using Hetero.Experiments.Values;

namespace Hetero.Cli.CommandLine;

/// <summary>An option with a value, its name, format, default and help in one place.</summary>
/// <param name="name">The name, with its dashes.</param>
/// <param name="helpName">What stands for the value in the help, where the format has no words of its own.</param>
/// <param name="format">What is accepted.</param>
/// <param name="description">What it is for, without the range: the help adds that of the format.</param>
/// <param name="defaultText">The value if it is not given; null if it may be absent.</param>
internal sealed class ValueOption<T>(string name, string helpName, ValueSyntax<T> format, string description, string? defaultText = null)
    : TextOption(name, format.HelpName ?? helpName, description, format.HelpName is null ? format.Accepted : null, defaultText)
{
    /// <summary>Whether the command line says what the value is.</summary>
    public bool IsGiven(ParseResult result) => result.GetResult(this) is { Implicit: false };

    /// <summary>Reads the value, that of the command line or the default.</summary>
    public T Read(ParseResult result)
    {
        string text = Text(result);
        return format.TryRead(text, out T value) ? value : throw UsageException.Of(Name, text, format.Accepted);
    }
}
