using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck;

/// <summary>Problems. They shrink towards d = 2, ranks 1, orthogonal subspaces and seed 0.</summary>
public static class ProblemArbitrary
{
    /// <summary>Problems with random, orthogonal and overlapping subspaces, about equally often, and any ranks that fit.</summary>
    /// <param name="maxDimension">The largest dimension d, 2 or more; the dimension is uniform from 2 to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static Arbitrary<ProblemDescription> Any(int maxDimension = Draws.MaxDimension)
    {
        Require.InRange(maxDimension, 2, Draws.DimensionLimit);
        Gen<ProblemDescription> generator =
            from dimension in Gen.Choose(2, maxDimension)
            from invariant in Gen.Choose(1, dimension - 1)
            from spurious in Gen.Choose(1, dimension - invariant)
            from overlap in Gen.OneOf(Gen.Constant<double?>(null), Gen.Constant<double?>(0), Draws.Unit.Select(cosine => (double?)cosine))
            from seed in Draws.Seeds
            select new ProblemDescription(dimension, invariant, spurious, overlap, seed);
        return Arb.From(generator, Smaller);
    }

    private static IEnumerable<ProblemDescription> Smaller(ProblemDescription problem) =>
    [
        .. Shrink.Whole(problem.Dimension, 2).Select(dimension => OfDimension(problem, dimension)),
        .. Shrink.Whole(problem.InvariantRank, 1).Select(rank => problem with { InvariantRank = rank }),
        .. Shrink.Whole(problem.SpuriousRank, 1).Select(rank => problem with { SpuriousRank = rank }),
        .. Overlaps(problem.Overlap).Select(overlap => problem with { Overlap = overlap }),
        .. Shrink.Seed(problem.Seed).Select(seed => problem with { Seed = seed }),
    ];

    private static ProblemDescription OfDimension(ProblemDescription problem, int dimension)
    {
        int invariant = Math.Min(problem.InvariantRank, dimension - 1);
        return problem with { Dimension = dimension, InvariantRank = invariant, SpuriousRank = Math.Min(problem.SpuriousRank, dimension - invariant) };
    }

    // Orthogonal before random before a number.
    private static IEnumerable<double?> Overlaps(double? overlap) => overlap switch
    {
        0 => [],
        null => [0],
        { } number => [0, null, .. Simplicity.Simpler(number).Where(simpler => simpler <= 1).Select(simpler => (double?)simpler)],
    };
}
