namespace Hetero.Core.FsCheck;

/// <summary>A property was falsified: the message says by what, and how to replay it, on one line.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What the property threw; null if it returned false.</param>
public sealed class TheoryFalsifiedException(string message, Exception? inner = null) : Exception(message, inner);
