using Hetero.Experiments.Values;

namespace Hetero.Cli.CommandLine;

/// <summary>What surrounds a command: where it writes, whether somebody is watching, and the wish to stop.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Messages.</param>
/// <param name="TerminalWidth">
/// The columns of the terminal that <paramref name="Error"/> is, where a line may be overwritten, 0 if they are not known; null if it is none.
/// </param>
/// <param name="Cancellation">Ends the command between two steps, with what was done kept.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Error, Func<int>? TerminalWidth, CancellationToken Cancellation)
{
    /// <summary>Says in a line of its own what does not end the command.</summary>
    public void Warn(string message) => Error.WriteLine($"hetero: {Shown.Escape(message.ReplaceLineEndings(" "))}");
}
