using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// Environments of another distribution seen through a matrix: Σ^(e) ↦ B·Σ^(e)·Bᵀ. So weights diag(a^(e)) of vectors that are not orthonormal, N = V*·B, become environments on the orthonormal
/// V*: N·diag(a)·Nᵀ = V*·(B·diag(a)·Bᵀ)·V*ᵀ. Odds and labels are the other's.
/// </summary>
/// <remarks>Immutable and thread-safe, if the other is.</remarks>
internal sealed class CongruentEnvironments : EnvironmentDistribution
{
    private readonly EnvironmentDistribution _inner;
    private readonly Congruence _congruence;

    /// <summary>Creates the distribution.</summary>
    /// <param name="inner">The other distribution, of order n; <see cref="CongruentScalarEnvironments"/> is for those made of scalars.</param>
    /// <param name="matrix">B, n×n, finite and upper triangular.</param>
    /// <exception cref="ArgumentException">The shape is not n×n, an entry is not finite or not 0 below the diagonal, or entries of BΣBᵀ leave the range.</exception>
    public CongruentEnvironments(EnvironmentDistribution inner, ReadOnlyMatrixSpan<double> matrix)
        : base(RankOf(inner))
    {
        (_inner, _congruence) = (inner, new Congruence(matrix, Rank));
        LargestEntry = _congruence.LargestEntry(inner.LargestEntry);
    }

    /// <inheritdoc/>
    public override int? Count => _inner.Count;

    /// <inheritdoc/>
    public override int LabelLength => _inner.LabelLength;

    /// <inheritdoc/>
    public override double LargestEntry { get; }

    /// <inheritdoc/>
    public override double GetProbability(int index) => _inner.GetProbability(index);

    /// <inheritdoc/>
    public override void CopyMatrix(int index, Span<double> sigma)
    {
        _inner.CopyMatrix(index, sigma);
        _congruence.Apply(sigma);
    }

    /// <inheritdoc/>
    public override void CopyLabel(int index, Span<double> label) => _inner.CopyLabel(index, label);

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma)
    {
        _inner.CopyMean(sigma);
        _congruence.Apply(sigma);
    }

    /// <inheritdoc/>
    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        int index = _inner.Draw(stream, sigma, label);
        _congruence.Apply(sigma);
        return index;
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _inner.Describe(description);
        description.Add("congruence", _congruence.Matrix);
    }

    private static int RankOf(EnvironmentDistribution inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner.Rank;
    }
}
