using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>Makes options. Values stay texts until the command reads them, so that every refusal has the same form.</summary>
internal static class OptionFactory
{
    /// <summary>An option with a default.</summary>
    public static Option<string> Text(string name, string helpName, string defaultValue, string description)
        => new(name)
        {
            HelpName = helpName,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => defaultValue,
        };

    /// <summary>An option that may be absent.</summary>
    public static Option<string?> Optional(string name, string helpName, string description)
        => new(name) { HelpName = helpName, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An option without a value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
