using System.Globalization;
using Hetero.Core.Problems;

namespace Hetero.Core.FsCheck;

/// <summary>A problem: the subspaces U* and V*, with all eigenvalues of A* equal to 1.</summary>
/// <param name="Dimension">The dimension d, 2 or more.</param>
/// <param name="InvariantRank">The rank r1, 1 or more, with r1 + r2 ≤ d.</param>
/// <param name="SpuriousRank">The rank r2, 1 or more.</param>
/// <param name="Overlap">All principal cosines between the subspaces, 0 to 1; null for two independent random subspaces.</param>
/// <param name="Seed">The seed.</param>
public sealed record ProblemDescription(int Dimension, int InvariantRank, int SpuriousRank, double? Overlap, ulong Seed)
{
    /// <summary>Gets the dimension d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 2.</exception>
    public int Dimension { get; init => field = Require.Count(value, 2); } = Require.Count(Dimension, 2);

    /// <summary>Gets the rank r1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int InvariantRank { get; init => field = Require.Count(value, 1); } = Require.Count(InvariantRank, 1);

    /// <summary>Gets the rank r2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int SpuriousRank { get; init => field = Require.Count(value, 1); } = Require.Count(SpuriousRank, 1);

    /// <summary>Makes the problem, the same bits every time.</summary>
    /// <exception cref="ArgumentException">The ranks do not fit into the dimension, or the overlap is not in [0, 1].</exception>
    public SensingProblem Create() => new ProblemRecipe
    {
        Dimension = Dimension,
        InvariantRank = InvariantRank,
        SpuriousRank = SpuriousRank,
        Overlap = Overlap,
    }.Create(Seed);

    /// <summary>Returns the description on one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"problem d={Dimension} r1={InvariantRank} r2={SpuriousRank} overlap={(Overlap is { } overlap ? overlap.ToString("R", CultureInfo.InvariantCulture) : "random")} seed={Seed}");
}
