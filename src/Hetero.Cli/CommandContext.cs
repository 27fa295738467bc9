namespace Hetero.Cli;

/// <summary>What surrounds a command: where it writes, whether somebody is watching, and the wish to stop.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Messages.</param>
/// <param name="ShowsProgress">Whether <paramref name="Error"/> is a terminal, where a line may be overwritten.</param>
/// <param name="Cancellation">Ends the command between two steps, with what was done kept.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Error, bool ShowsProgress, CancellationToken Cancellation);
