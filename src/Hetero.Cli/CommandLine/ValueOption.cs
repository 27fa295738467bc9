using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>
/// An option with a value, its name, format, default and help in one place. The value stays a text until the command reads it, so that every refusal
/// has the same form.
/// </summary>
internal sealed class ValueOption<T> : Option<string?>
{
    private readonly ValueFormat<T> _format;

    /// <summary>Creates the option.</summary>
    /// <param name="name">The name, with its dashes.</param>
    /// <param name="helpName">What stands for the value in the help, where the format has no words of its own.</param>
    /// <param name="format">What is accepted.</param>
    /// <param name="description">What it is for, without the range: the help adds that of the format.</param>
    /// <param name="defaultText">The value if it is not given; null if it may be absent.</param>
    public ValueOption(string name, string helpName, ValueFormat<T> format, string description, string? defaultText = null)
        : base(name)
    {
        _format = format;
        HelpName = format.HelpName ?? helpName;
        Description = format.HelpName is null ? $"{description} {char.ToUpperInvariant(format.Accepted[0])}{format.Accepted[1..]}." : description;
        Arity = ArgumentArity.ExactlyOne;
        if (defaultText is not null)
        {
            DefaultValueFactory = _ => defaultText;
        }
    }

    /// <summary>Whether the command line says what the value is.</summary>
    public bool IsGiven(ParseResult result) => result.GetResult(this) is { Implicit: false };

    /// <summary>Reads the value, that of the command line or the default.</summary>
    public T Read(ParseResult result) => _format.Read(Name, Text(result));

    /// <summary>The text that <see cref="Read"/> reads.</summary>
    public string Text(ParseResult result) => result.GetRequiredValue(this)!;
}
