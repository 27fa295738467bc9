using System.Runtime.CompilerServices;
using Hetero.Core.Random.Lanes;

namespace Hetero.Core.Random;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011): a bijection of 128-bit counters,
/// one for each 64-bit key, that passes the usual batteries of statistical tests. Thread-safe: it has no state.
/// </summary>
internal static class Philox4x32
{
    /// <summary>The number of rounds.</summary>
    public const int Rounds = PhiloxConstants.Rounds;

    /// <summary>Computes one block of four words.</summary>
    /// <param name="counter0">The counter's lowest word.</param>
    /// <param name="counter1">The counter's second word.</param>
    /// <param name="counter2">The counter's third word.</param>
    /// <param name="counter3">The counter's highest word.</param>
    /// <param name="key">The key; its low half is the first key word.</param>
    /// <returns>The four words, in the order of Random123.</returns>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint counter0, uint counter1, uint counter2, uint counter3, ulong key)
    {
        ulong x0 = counter0, x1 = counter1, x2 = counter2, x3 = counter3;
        PhiloxKeys<ulong>.Create<WordsScalar>(key, out PhiloxKeys<ulong> keys);
        PhiloxRounds.Apply<WordsScalar, ulong>(ref x0, ref x1, ref x2, ref x3, in keys);
        return ((uint)x0, (uint)x1, (uint)x2, (uint)x3);
    }
}
