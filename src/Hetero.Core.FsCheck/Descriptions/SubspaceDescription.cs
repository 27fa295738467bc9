using Hetero.Core.Problems;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>A Haar-random subspace of R^d, given by an orthonormal basis.</summary>
/// <param name="Dimension">The dimension d, 1 or more.</param>
/// <param name="Rank">The dimension r of the subspace, 1 to d.</param>
/// <param name="Seed">The seed.</param>
public sealed record SubspaceDescription(int Dimension, int Rank, ulong Seed)
{
    /// <summary>Gets the dimension d of the space.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Dimension { get; init => field = Require.Count(value, 1); } = Require.Count(Dimension, 1);

    /// <summary>Gets the dimension r of the subspace.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Rank { get; init => field = Require.Count(value, 1); } = Require.Count(Rank, 1);

    /// <summary>Makes the basis: d×r numbers with orthonormal columns, row after row, the same bits every time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public double[] Create() => HaarFrame.Draw(new TheoryInstance { Seed = Seed }.Stream(1), Dimension, Rank);

    /// <summary>Returns the description on one line.</summary>
    public override string ToString() => $"subspace d={Dimension} r={Rank} seed={Seed}";
}
