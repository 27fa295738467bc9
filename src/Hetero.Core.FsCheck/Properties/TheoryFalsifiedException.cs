namespace Hetero.Core.FsCheck;

/// <summary>A property was falsified: the message says by what, and how to replay it, on one line.</summary>
/// <param name="message">The line.</param>
public sealed class TheoryFalsifiedException(string message) : Exception(message);
