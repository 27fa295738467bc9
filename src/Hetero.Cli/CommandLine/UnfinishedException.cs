namespace Hetero.Cli.CommandLine;

/// <summary>The work was ended before its end and can go on from there: one line on standard error, exit code 3.</summary>
internal sealed class UnfinishedException(string message) : Exception(message);
