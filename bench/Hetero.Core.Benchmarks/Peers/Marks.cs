namespace Hetero.Core.Benchmarks.Peers;

/// <summary>What stands beside a number in a table, so that a loss is seen before it is looked for.</summary>
internal static class Marks
{
    /// <summary>The other side is better, and nothing else was aimed at.</summary>
    public const string Loss = "🔴";

    /// <summary>What was aimed at is not reached.</summary>
    public const string Short = "🔴 short";

    /// <summary>What was aimed at is reached.</summary>
    public const string Met = "met";
}
