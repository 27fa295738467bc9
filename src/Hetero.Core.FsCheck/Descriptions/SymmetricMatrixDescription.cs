using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>A random symmetric d×d matrix GSGᵀ/d of a rank: G Gaussian, d×rank, S a diagonal of signs, so that eigenvalues of both signs occur.</summary>
/// <param name="Dimension">The dimension d, 1 or more.</param>
/// <param name="Rank">The rank, 1 to d.</param>
/// <param name="Seed">The seed.</param>
public sealed record SymmetricMatrixDescription(int Dimension, int Rank, ulong Seed)
{
    /// <summary>Gets the dimension d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Dimension { get; init => field = Require.Count(value, 1); } = Require.Count(Dimension, 1);

    /// <summary>Gets the rank.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Rank { get; init => field = Require.Count(value, 1); } = Require.Count(Rank, 1);

    /// <summary>Makes the matrix: d² numbers, row after row, the same bits every time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rank is not from 1 to d.</exception>
    public double[] Create() => new TheoryInstance { Dimension = Dimension, Seed = Seed }.CreateSymmetric(1, Rank);

    /// <summary>Returns the description on one line.</summary>
    public override string ToString() => $"symmetric d={Dimension} rank={Rank} seed={Seed}";
}
