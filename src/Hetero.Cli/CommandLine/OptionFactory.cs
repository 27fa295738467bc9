using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>Makes options without a format: names of files, and flags.</summary>
internal static class OptionFactory
{
    /// <summary>An option that names a file, and may be absent.</summary>
    public static Option<string?> File(string name, string helpName, string description)
        => new(name) { HelpName = helpName, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An option without a value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
