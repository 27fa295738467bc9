namespace Hetero.Core;

/// <summary>Whole numbers that double precision holds: counts of samples go into shares and into chi-squared and beta variates. Thread-safe: no state.</summary>
internal static class ExactCounts
{
    /// <summary>The most of which each number up to it is exact, 2⁵³.</summary>
    public const long Most = 1L << 53;

    /// <summary>The most samples whose numbers are drawn, one below: a variate takes one more.</summary>
    public const long MostDrawn = Most - 1;
}
