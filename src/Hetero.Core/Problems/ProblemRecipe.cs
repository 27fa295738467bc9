using Hetero.Core.Numerics;

namespace Hetero.Core.Problems;

/// <summary>
/// A problem in names and numbers: sizes, how the subspaces lie to each other, and the eigenvalues of A*. What is stored, sent or varied is this;
/// <see cref="Create"/> draws the subspaces.
/// </summary>
/// <remarks>Two are equal if all values are. Immutable and thread-safe. Values are checked where the problem is drawn.</remarks>
public sealed record ProblemRecipe
{
    private readonly ValueList<double> _eigenvalues = ValueList<double>.Empty;

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; init; } = 100;

    /// <summary>Gets the rank r1 of the invariant signal.</summary>
    public int InvariantRank { get; init; } = 1;

    /// <summary>Gets the rank r2 of the spurious signals.</summary>
    public int SpuriousRank { get; init; } = 1;

    /// <summary>Gets whether the subspaces are orthogonal.</summary>
    public bool Orthogonal { get; init; }

    /// <summary>Gets all min(r1, r2) principal cosines between the subspaces; null where they are orthogonal or random.</summary>
    public double? Overlap { get; init; }

    /// <summary>Gets the eigenvalues of A*, of either sign; empty means ones.</summary>
    public IReadOnlyList<double> Eigenvalues
    {
        get => _eigenvalues;
        init => _eigenvalues = new(value);
    }

    /// <summary>Gets how the subspaces lie to each other.</summary>
    public SubspaceLayout Layout => Orthogonal ? SubspaceLayout.Orthogonal : Overlap is null ? SubspaceLayout.Random : SubspaceLayout.PrescribedOverlap;

    /// <summary>Draws the problem.</summary>
    /// <param name="seed">The seed of the subspaces.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">A value is out of range or does not fit the others, or the subspaces are both orthogonal and overlapping.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public SensingProblem Create(ulong seed, CancellationToken cancellation = default)
        => Orthogonal && Overlap is not null
            ? throw new ArgumentException($"'{nameof(Overlap)}' is given with '{nameof(Orthogonal)}'; accepted is one of them.", nameof(Overlap))
            : SensingProblem.Create(Dimension, InvariantRank, SpuriousRank, seed, Layout, Overlap ?? 0, _eigenvalues.AsSpan(), cancellation);
}
