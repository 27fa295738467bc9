namespace Hetero.Core.Environments;

/// <summary>
/// The order in which HeteroSGD meets its environments: independent draws as in the paper, cyclic, shuffled, or in blocks. Each makes e_t a
/// pure function of the seed and the step t: see <see cref="EnvironmentSequence"/>.
/// </summary>
/// <remarks>
/// While the spurious part is small, with orthogonal subspaces and diagonal environments, its logarithm is the sum of log|1 + ηs_t|. Every
/// order has the same average of that sum; cyclic and shuffled orders remove its fluctuations, blocks of K multiply its variance by about K.
/// Immutable and thread-safe.
/// </remarks>
public sealed record EnvironmentOrder
{
    // A shuffled order keeps a permutation of its environments.
    private const int MaxShuffled = 1 << 20;
    private const double Tolerance = 1e-9;

    private EnvironmentOrder(EnvironmentOrderKind kind, int blockLength, int distinct = 1) => (Kind, BlockLength, Distinct) = (kind, blockLength, distinct);

    /// <summary>Gets independent draws, the paper's order.</summary>
    public static EnvironmentOrder Independent { get; } = new(EnvironmentOrderKind.Independent, 1);

    /// <summary>Gets the order 0, 1, …, n − 1, 0, 1, … of a list of n environments with equal odds.</summary>
    public static EnvironmentOrder Cyclic { get; } = new(EnvironmentOrderKind.Cyclic, 1);

    /// <summary>Gets a fresh random permutation of a list of n environments with equal odds for every n steps.</summary>
    public static EnvironmentOrder Shuffled { get; } = new(EnvironmentOrderKind.Shuffled, 1);

    /// <summary>Gets the kind of order.</summary>
    public EnvironmentOrderKind Kind { get; }

    /// <summary>Gets the number K of steps that a draw is kept for; 1 except with <see cref="EnvironmentOrderKind.Blocks"/>.</summary>
    public int BlockLength { get; }

    /// <summary>Gets the number N of successive blocks, counted from the start, whose environments all differ; 1 except for <see cref="DistinctBlocks"/>.</summary>
    public int Distinct { get; }

    /// <summary>Creates blocks: one independent draw is kept for K steps. K = 1 is <see cref="Independent"/>, bit for bit.</summary>
    /// <param name="length">K, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public static EnvironmentOrder Blocks(int length)
    {
        Guard.AtLeast(length, 1);
        return new(EnvironmentOrderKind.Blocks, length);
    }

    /// <summary>
    /// Creates blocks of K steps, of which every N, from the start on, have N different environments of a list of n with equal odds: a draw without replacement. N = 1 is <see cref="Blocks"/>.
    /// </summary>
    /// <param name="length">K, 1 or more.</param>
    /// <param name="distinct">N, 1 to n.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    public static EnvironmentOrder DistinctBlocks(int length, int distinct)
    {
        Guard.AtLeast(length, 1);
        Guard.AtLeast(distinct, 1);
        return new(EnvironmentOrderKind.Blocks, length, distinct);
    }

    /// <summary>Says which orders a distribution accepts if this is none of them; null if it is.</summary>
    /// <param name="distribution">The distribution D over environments.</param>
    public string? Refuse(EnvironmentDistribution distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        if (Kind is not (EnvironmentOrderKind.Cyclic or EnvironmentOrderKind.Shuffled) && Distinct == 1)
        {
            return null;
        }

        if (distribution.Count is not { } count)
        {
            return "independent or blocks for a continuous distribution of environments";
        }

        if (Kind != EnvironmentOrderKind.Cyclic && count > MaxShuffled)
        {
            return $"independent, cyclic or blocks for {count} environments, more than {MaxShuffled}";
        }

        if (Distinct > count)
        {
            return $"one of at most {count} different environments, as many as there are";
        }

        // Scalar environments have equal odds by construction, and there may be a billion of them.
        for (int e = 0; distribution is not ScalarEnvironments && e < count; e++)
        {
            if (Math.Abs((distribution.GetProbability(e) * count) - 1) > Tolerance)
            {
                return string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"independent or blocks for environments of unequal probability (number {e} has "
                    + $"{distribution.GetProbability(e)}, not 1/{count})");
            }
        }

        return null;
    }

    /// <summary>Returns the order in words.</summary>
    public override string ToString()
        => Distinct > 1 ? $"DistinctBlocks({BlockLength}, {Distinct})" : Kind == EnvironmentOrderKind.Blocks ? $"Blocks({BlockLength})" : Kind.ToString();
}
