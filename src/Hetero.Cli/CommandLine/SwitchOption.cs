using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>
/// A flag that may also be said in full, as <c>--own-draws false</c>: what it starts from can have it set already. For commands without arguments, which it
/// would take for its value.
/// </summary>
internal sealed class SwitchOption : Option<string?>
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">The name, with its dashes.</param>
    /// <param name="description">What it is for.</param>
    public SwitchOption(string name, string description)
        : base(name)
    {
        HelpName = "true|false";
        Description = $"{description} True or false; true by itself.";
        Arity = ArgumentArity.ZeroOrOne;
    }

    /// <summary>The value as it stands on the command line; true for the name alone.</summary>
    public string Text(ParseResult result) => result.GetResult(this) is { Tokens: [var value] } ? value.Value : "true";
}
