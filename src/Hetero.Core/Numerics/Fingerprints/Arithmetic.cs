namespace Hetero.Core.Numerics;

/// <summary>The arithmetic as a whole: which operations make a number, in which order. Thread-safe: no state.</summary>
public static class Arithmetic
{
    /// <summary>
    /// The version of the arithmetic. Manifests and checkpoints record it beside that of the random streams; it rises when the same
    /// arguments give other bits. docs/reproducibility.md says what changed in which version.
    /// </summary>
    public const int Version = 6;
}
