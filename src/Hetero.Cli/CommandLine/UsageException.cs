using Hetero.Experiments.Values;

namespace Hetero.Cli.CommandLine;

/// <summary>The command line asks for something that cannot be: one line on standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>The usual line: which option, what it was given, what it accepts.</summary>
    public static UsageException Of(string option, string value, string accepted)
        => new($"'{option}' is '{Shown.Of(value)}'; accepted is {accepted}.");
}
