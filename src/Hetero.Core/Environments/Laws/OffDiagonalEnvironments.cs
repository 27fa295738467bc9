using Hetero.Core.Numerics;

namespace Hetero.Core.Environments;

/// <summary>
/// Diagonal environments with entries off the diagonal: Σ^(e) = diagonal part + Σ_{i&lt;j} o_ij·(e_ie_jᵀ + e_je_iᵀ), the o_ij independent of
/// each other and of the diagonal, with mean 0, of the law of the diagonal: ±<see cref="Size"/> with equal odds, or uniform between.
/// E[Σ^(e)] is that of the diagonal.
/// </summary>
/// <remarks>
/// <para>The scalars, and so a label, are the diagonal's first, then o_12, o_13, …, o_1r2, o_23, … row after row. The diagonal's are drawn
/// from the same random numbers as without off-diagonal entries: runs of one seed that differ in <see cref="Size"/> share their diagonals.</para>
/// <para>This is what (7) of Assumption 2 excludes once the size is of the order of the diagonal's. Immutable and thread-safe.</para>
/// </remarks>
public sealed class OffDiagonalEnvironments : ScalarEnvironments
{
    /// <summary>Adds off-diagonal entries.</summary>
    /// <param name="diagonal">The law of the diagonal, of order 2 or more.</param>
    /// <param name="size">The absolute size of an off-diagonal entry (the largest for the uniform law), finite and not negative.</param>
    /// <exception cref="ArgumentNullException"><paramref name="diagonal"/> is null.</exception>
    /// <exception cref="ArgumentException">The order is 1, which has no off-diagonal entries, or the size is out of range.</exception>
    public OffDiagonalEnvironments(DiagonalEnvironments diagonal, double size)
        : base(RankOf(diagonal), diagonal.Law, diagonal.Scalars + (diagonal.Rank * (diagonal.Rank - 1) / 2))
    {
        Guard.NotNegative(size);
        Diagonal = diagonal;
        Size = size;
    }

    /// <summary>Gets the law of the diagonal.</summary>
    public DiagonalEnvironments Diagonal { get; }

    /// <summary>Gets the absolute size of an off-diagonal entry.</summary>
    public double Size { get; }

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma) => Diagonal.CopyMean(sigma);

    /// <inheritdoc/>
    public override double LargestEntry => Math.Max(Diagonal.LargestEntry, Size);

    internal override string? LargestEntryProperty => Diagonal.LargestEntry >= Size ? Diagonal.LargestEntryProperty : nameof(Size);

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Diagonal.Describe(description);
        description.Add("offDiagonal", Size);
    }

    /// <inheritdoc/>
    internal override void Compose(ReadOnlySpan<double> scalars, Span<double> sigma)
    {
        Diagonal.Compose(scalars[..Diagonal.Scalars], sigma);
        int next = Diagonal.Scalars;
        for (int i = 0; i < Rank; i++)
        {
            for (int j = i + 1; j < Rank; j++, next++)
            {
                sigma[(i * Rank) + j] = sigma[(j * Rank) + i] = scalars[next];
            }
        }
    }

    internal override (double Mean, double Width) Range(int scalar)
        => scalar < Diagonal.Scalars ? (Diagonal.Mean, Diagonal.Spread) : (0, Size);

    private static int RankOf(DiagonalEnvironments diagonal)
    {
        ArgumentNullException.ThrowIfNull(diagonal);
        return diagonal.Rank >= 2
            ? diagonal.Rank
            : throw new ArgumentException(
                $"'{nameof(diagonal)}' has order {diagonal.Rank}; accepted is 2 or more, to have entries off the diagonal.", nameof(diagonal));
    }
}
