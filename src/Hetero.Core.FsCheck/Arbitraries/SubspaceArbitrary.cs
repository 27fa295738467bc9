using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck;

/// <summary>Haar-random subspaces. They shrink towards lines in R¹ and seed 0.</summary>
public static class SubspaceArbitrary
{
    /// <summary>Subspaces of every dimension from 1 to that of the space.</summary>
    /// <param name="maxDimension">The largest dimension d of the space, 1 or more; the dimension is uniform from 1 to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static Arbitrary<SubspaceDescription> Any(int maxDimension = Draws.MaxDimension)
    {
        Require.InRange(maxDimension, 1, Draws.DimensionLimit);
        Gen<SubspaceDescription> generator =
            from dimension in Gen.Choose(1, maxDimension)
            from rank in Gen.Choose(1, dimension)
            from seed in Draws.Seeds
            select new SubspaceDescription(dimension, rank, seed);
        return Arb.From(generator, Smaller);
    }

    private static IEnumerable<SubspaceDescription> Smaller(SubspaceDescription subspace) =>
    [
        .. Shrink.Whole(subspace.Dimension, 1).Select(dimension => subspace with { Dimension = dimension, Rank = Math.Min(subspace.Rank, dimension) }),
        .. Shrink.Whole(subspace.Rank, 1).Select(rank => subspace with { Rank = rank }),
        .. Shrink.Seed(subspace.Seed).Select(seed => subspace with { Seed = seed }),
    ];
}
