using Hetero.Core.Numerics;

namespace Hetero.Core.Environments;

/// <summary>
/// Diagonal environments: Σ^(e) = s·I with one scalar s for all directions, or Σ^(e) = diag(s_1, …, s_r2) with independent draws. The scalars
/// have mean <see cref="Mean"/> and half-width M = <see cref="Spread"/>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DiagonalEnvironments : ScalarEnvironments
{
    private DiagonalEnvironments(int rank, ScalarLaw law, double mean, double spread, bool ownDraws)
        : base(rank, law, ownDraws ? rank : 1)
    {
        Guard.Finite(mean);
        Guard.NotNegative(spread);
        Guard.Finite(mean + spread, nameof(spread));
        Guard.Finite(mean - spread, nameof(spread));
        (Mean, Spread, OwnDraws) = (mean, spread, ownDraws);
    }

    /// <summary>Gets the mean of a scalar.</summary>
    public double Mean { get; }

    /// <summary>Gets the half-width M: the heterogeneity parameter of the paper's section 5.</summary>
    public double Spread { get; }

    /// <summary>Gets whether every direction draws its own scalar.</summary>
    public bool OwnDraws { get; }

    /// <summary>Creates the two-point distribution: s = mean ± M with equal odds.</summary>
    /// <param name="rank">The order r2 of Σ^(e), 1 or more.</param>
    /// <param name="mean">The mean of s, finite.</param>
    /// <param name="spread">The half-width M, finite and not negative.</param>
    /// <param name="ownDraws">Whether every direction draws its own s.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static DiagonalEnvironments TwoPoint(int rank, double mean, double spread, bool ownDraws = false)
        => new(rank, ScalarLaw.TwoPoint, mean, spread, ownDraws);

    /// <summary>Creates the uniform distribution: s uniform on [mean − M, mean + M].</summary>
    /// <param name="rank">The order r2 of Σ^(e), 1 or more.</param>
    /// <param name="mean">The mean of s, finite.</param>
    /// <param name="spread">The half-width M, finite and not negative.</param>
    /// <param name="ownDraws">Whether every direction draws its own s.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static DiagonalEnvironments Uniform(int rank, double mean, double spread, bool ownDraws = false)
        => new(rank, ScalarLaw.Uniform, mean, spread, ownDraws);

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma)
    {
        CheckMatrix(sigma);
        sigma.Clear();
        for (int j = 0; j < Rank; j++)
        {
            sigma[j * (Rank + 1)] = Mean;
        }
    }

    /// <inheritdoc/>
    public override double LargestEntry => Math.Abs(Mean) + Spread;

    internal override string? LargestEntryProperty => Math.Abs(Mean) > Spread ? nameof(Mean) : nameof(Spread);

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("environments", Law);
        description.Add("mean", Mean);
        description.Add("spread", Spread);
        description.Add("ownDraws", Scalars > 1 ? "yes" : "no");
    }

    /// <inheritdoc/>
    internal override void Compose(ReadOnlySpan<double> scalars, Span<double> sigma)
    {
        sigma.Clear();
        for (int j = 0; j < Rank; j++)
        {
            sigma[j * (Rank + 1)] = scalars[OwnDraws ? j : 0];
        }
    }

    internal override (double Mean, double Width) Range(int scalar) => (Mean, Spread);
}
