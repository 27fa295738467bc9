namespace Hetero.Core.Benchmarks.Rates;

/// <summary>What a benchmark's work is counted in.</summary>
internal enum WorkUnit
{
    /// <summary>Additions and multiplications that the result needs.</summary>
    Flop,

    /// <summary>Random numbers.</summary>
    Number,

    /// <summary>Bytes of stored measurements.</summary>
    Byte,
}
