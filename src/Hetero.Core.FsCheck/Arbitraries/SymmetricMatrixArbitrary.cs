using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck;

/// <summary>Symmetric matrices of full or low rank. They shrink towards dimension 1, rank 1 and seed 0.</summary>
public static class SymmetricMatrixArbitrary
{
    /// <summary>Matrices of full rank and of lower ranks, about equally often.</summary>
    /// <param name="maxDimension">The largest dimension d, 1 or more; the dimension is uniform from 1 to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static Arbitrary<SymmetricMatrixDescription> Any(int maxDimension = Draws.MaxDimension)
        => Create(1, maxDimension, dimension => Gen.OneOf(Gen.Constant(dimension), Gen.Choose(1, dimension)), matrix => matrix.Rank >= 1);

    /// <summary>Matrices of full rank; shrinking keeps it full.</summary>
    /// <param name="maxDimension">The largest dimension d, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static Arbitrary<SymmetricMatrixDescription> FullRank(int maxDimension = Draws.MaxDimension)
        => Create(1, maxDimension, Gen.Constant, matrix => matrix.Rank == matrix.Dimension);

    /// <summary>Matrices of a rank below the dimension, which is 2 or more; shrinking keeps it below.</summary>
    /// <param name="maxDimension">The largest dimension d, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static Arbitrary<SymmetricMatrixDescription> LowRank(int maxDimension = Draws.MaxDimension)
        => Create(2, maxDimension, dimension => Gen.Choose(1, dimension - 1), matrix => matrix.Rank < matrix.Dimension);

    private static Arbitrary<SymmetricMatrixDescription> Create(
        int minDimension, int maxDimension, Func<int, Gen<int>> ranks, Func<SymmetricMatrixDescription, bool> accepts)
    {
        Require.InRange(maxDimension, minDimension, Draws.DimensionLimit);
        Gen<SymmetricMatrixDescription> generator =
            from dimension in Gen.Choose(minDimension, maxDimension)
            from rank in ranks(dimension)
            from seed in Draws.Seeds
            select new SymmetricMatrixDescription(dimension, rank, seed);
        return Arb.From(generator, matrix => Smaller(matrix).Where(accepts));
    }

    private static IEnumerable<SymmetricMatrixDescription> Smaller(SymmetricMatrixDescription matrix) =>
    [
        .. Shrink.Whole(matrix.Dimension, 1).Select(dimension => matrix with { Dimension = dimension, Rank = Math.Min(matrix.Rank, dimension) }),
        .. Shrink.Whole(matrix.Rank, 1).Select(rank => matrix with { Rank = rank }),
        .. Shrink.Seed(matrix.Seed).Select(seed => matrix with { Seed = seed }),
    ];
}
