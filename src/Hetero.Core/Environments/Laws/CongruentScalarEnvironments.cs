using Hetero.Core.Numerics;

namespace Hetero.Core.Environments;

/// <summary>
/// Environments made of scalars seen through a matrix, Σ_j x_j·B_j ↦ Σ_j x_j·(B·B_j·Bᵀ): made of the same scalars themselves, so that all that is made scalar by scalar takes them.
/// <see cref="CongruentEnvironments"/> is the same of any law.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class CongruentScalarEnvironments : ScalarEnvironments
{
    private readonly ScalarEnvironments _inner;
    private readonly Congruence _congruence;

    /// <summary>Creates the distribution.</summary>
    /// <param name="inner">The other distribution, of order n.</param>
    /// <param name="matrix">B, n×n, finite and upper triangular.</param>
    /// <exception cref="ArgumentException">The shape is not n×n, an entry is not finite or not 0 below the diagonal, or entries of BΣBᵀ leave the range.</exception>
    public CongruentScalarEnvironments(ScalarEnvironments inner, ReadOnlyMatrixSpan<double> matrix)
        : base(inner.Rank, inner.Law, inner.Scalars)
    {
        (_inner, _congruence) = (inner, new Congruence(matrix, Rank));
        LargestEntry = _congruence.LargestEntry(inner.LargestEntry);
    }

    /// <inheritdoc/>
    public override double LargestEntry { get; }

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma)
    {
        _inner.CopyMean(sigma);
        _congruence.Apply(sigma);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _inner.Describe(description);
        description.Add("congruence", _congruence.Matrix);
    }

    /// <inheritdoc/>
    internal override void Compose(ReadOnlySpan<double> scalars, Span<double> sigma)
    {
        _inner.Compose(scalars, sigma);
        _congruence.Apply(sigma);
    }

    internal override (double Mean, double Width) Range(int scalar) => _inner.Range(scalar);
}
