using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// The distribution D over environments: which symmetric r2×r2 matrix Σ^(e) multiplies V* in A^(e) = V* Σ^(e) V*ᵀ. Derive from this class for a law of your own;
/// <see cref="FunctionEnvironments"/> makes one of a function.
/// </summary>
/// <remarks>Immutable and thread-safe, which is asked of your own laws too.</remarks>
public abstract class EnvironmentDistribution
{
    /// <summary>The largest order r2: a matrix of r2² numbers must fit into one array.</summary>
    public const int MaxRank = 46340;

    /// <summary>Names the order of the matrices.</summary>
    /// <param name="rank">The order r2 of Σ^(e), 1 to <see cref="MaxRank"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is out of range.</exception>
    protected EnvironmentDistribution(int rank)
    {
        Guard.InRange(rank, 1, MaxRank);
        Rank = rank;
    }

    /// <summary>Environments that are known by their data alone: there are no matrices, and the order is 0.</summary>
    private protected EnvironmentDistribution()
    {
    }

    /// <summary>Gets the order r2 of Σ^(e).</summary>
    public int Rank { get; }

    /// <summary>Gets the number of environments; null, which is the default, for a continuous distribution or one of more than 2³⁰.</summary>
    public virtual int? Count => null;

    /// <summary>Gets how many numbers tell which environment was drawn: see <see cref="Draw"/>.</summary>
    public abstract int LabelLength { get; }

    /// <summary>Gets the largest magnitude that an entry of Σ^(e) can have, finite. What a precision cannot hold is refused by it before a run.</summary>
    public abstract double LargestEntry { get; }

    /// <summary>Returns the probability π_e of environment <paramref name="index"/> of a finite distribution.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="InvalidOperationException">The distribution is continuous.</exception>
    public virtual double GetProbability(int index) => throw Continuous();

    /// <summary>Writes Σ^(e) of environment <paramref name="index"/> of a finite distribution.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="sigma">Receives r2² numbers, row after row.</param>
    /// <exception cref="InvalidOperationException">The distribution is continuous.</exception>
    public virtual void CopyMatrix(int index, Span<double> sigma) => throw Continuous();

    /// <summary>Writes the label of environment <paramref name="index"/> of a finite distribution, as <see cref="Draw"/> does.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="label">Receives <see cref="LabelLength"/> numbers.</param>
    /// <exception cref="InvalidOperationException">The distribution is continuous.</exception>
    public virtual void CopyLabel(int index, Span<double> label) => throw Continuous();

    /// <summary>Writes E[Σ^(e)], the part that pooled training fits: Ā = V* E[Σ^(e)] V*ᵀ.</summary>
    /// <param name="sigma">Receives r2² numbers, row after row.</param>
    public abstract void CopyMean(Span<double> sigma);

    /// <summary>Draws one environment.</summary>
    /// <param name="stream">Where the random numbers come from; the same stream gives the same environment.</param>
    /// <param name="sigma">Receives Σ^(e), r2² numbers, row after row; symmetric.</param>
    /// <param name="label">Receives <see cref="LabelLength"/> numbers: the scalar s shared by all directions or each direction's own, then any
    /// off-diagonal entries; or the 0-based index in a list. Shares no memory with Σ^(e).</param>
    /// <returns>The index of the environment of a finite distribution, else −1.</returns>
    public abstract int Draw(RandomStream stream, Span<double> sigma, Span<double> label);

    /// <summary>
    /// Adds the name of the law and all numbers that a draw, a probability, a matrix or the mean depends on: what a saved state is held against.
    /// The random numbers are not the distribution's own.
    /// </summary>
    /// <param name="description">Added to.</param>
    public abstract void Describe(PartDescription description);

    /// <summary>Gets the property that <see cref="LargestEntry"/> comes from, for messages; null for no single one.</summary>
    internal virtual string? LargestEntryProperty => null;

    private protected void CheckIndex(int index)
    {
        if (Count is not { } count)
        {
            throw Continuous();
        }

        Guard.InRange(index, 0, count - 1);
    }

    internal void CheckMatrix(Span<double> sigma) => Guard.Length(sigma.Length, Rank * Rank, nameof(sigma));

    private static InvalidOperationException Continuous()
        => new("A continuous distribution of environments has no list to index; ask Count first.");
}
