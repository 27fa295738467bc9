using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>An option with a value that stays a text until the command reads it, so that every refusal has the same form.</summary>
internal class TextOption : Option<string?>
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">The name, with its dashes.</param>
    /// <param name="helpName">What stands for the value in the help.</param>
    /// <param name="description">What it is for, without the range.</param>
    /// <param name="accepted">What is accepted, which the help adds; null if <paramref name="helpName"/> says it.</param>
    /// <param name="defaultText">The value if it is not given; null if it may be absent.</param>
    public TextOption(string name, string helpName, string description, string? accepted, string? defaultText)
        : base(name)
    {
        HelpName = helpName;
        Description = accepted is null ? description : $"{description} {char.ToUpperInvariant(accepted[0])}{accepted[1..]}.";
        Arity = ArgumentArity.ExactlyOne;
        if (defaultText is not null)
        {
            DefaultValueFactory = _ => defaultText;
        }
    }

    /// <summary>The value as it stands on the command line, or the default.</summary>
    public string Text(ParseResult result) => result.GetRequiredValue(this)!;
}
