namespace Hetero.Core.FsCheck.Shrinking;

/// <summary>Smaller values of the parts of a description, the smallest first.</summary>
internal static class Shrink
{
    /// <summary>The lowest value, half-way to it, and the next smaller one.</summary>
    public static IEnumerable<int> Whole(int value, int lowest)
        => new[] { lowest, lowest + ((value - lowest) / 2), value - 1 }.Where(smaller => smaller >= lowest && smaller < value).Distinct();

    /// <summary>The seeds 0 to 9, and the last three and six digits. A seed says nothing of size, so any small one that still fails will do.</summary>
    public static IEnumerable<ulong> Seed(ulong seed)
        => Enumerable.Range(0, 10).Select(small => (ulong)small).Concat([seed % 1_000, seed % 1_000_000]).Where(smaller => smaller < seed).Distinct();
}
