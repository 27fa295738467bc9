namespace Hetero.Core.Benchmarks.Peers;

/// <summary>A peer is missing, or is not the one that was asked for; the message says why. The comparison is skipped.</summary>
internal sealed class PeerException(string message) : Exception(message);
