namespace Hetero.Cli.CommandLine;

/// <summary>The work was well asked for but did not succeed: one line on standard error, exit code 1.</summary>
internal sealed class FailedException(string message) : Exception(message);
