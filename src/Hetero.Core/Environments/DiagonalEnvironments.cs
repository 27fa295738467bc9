using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// Diagonal environments: Σ^(e) = s·I with one scalar s for all directions, or Σ^(e) = diag(s_1, …, s_r2) with independent draws. The scalars
/// have mean <see cref="Mean"/> and half-width M = <see cref="Spread"/>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DiagonalEnvironments : EnvironmentDistribution
{
    private DiagonalEnvironments(int rank, ScalarLaw law, double mean, double spread, bool ownDraws)
        : base(rank)
    {
        Guard.Finite(mean);
        Guard.NotNegative(spread);
        Guard.Finite(mean + spread, nameof(spread));
        (Law, Mean, Spread, OwnDraws) = (law, mean, spread, ownDraws);
    }

    /// <summary>Gets the law of a scalar.</summary>
    public ScalarLaw Law { get; }

    /// <summary>Gets the mean of a scalar.</summary>
    public double Mean { get; }

    /// <summary>Gets the half-width M: the heterogeneity parameter of the paper's section 5.</summary>
    public double Spread { get; }

    /// <summary>Gets whether every direction draws its own scalar.</summary>
    public bool OwnDraws { get; }

    /// <summary>Gets the number of independent scalars, 1 or r2.</summary>
    public int Scalars => OwnDraws ? Rank : 1;

    /// <inheritdoc/>
    public override int? Count => Law == ScalarLaw.TwoPoint && Scalars <= 30 ? 1 << Scalars : null;

    /// <inheritdoc/>
    public override int LabelLength => Scalars;

    internal override DiagonalEnvironments? Diagonal => this;

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
    public override double GetProbability(int index)
    {
        CheckIndex(index);
        return 1.0 / Count!.Value;
    }

    /// <summary>Writes Σ^(e): bit j of the index says whether scalar j is mean − M (0) or mean + M (1).</summary>
    /// <param name="index">0 to Count − 1.</param>
    /// <param name="sigma">Receives r2² numbers, row after row.</param>
    public override void CopyMatrix(int index, Span<double> sigma)
    {
        CheckIndex(index);
        CheckMatrix(sigma);
        sigma.Clear();
        for (int j = 0; j < Rank; j++)
        {
            sigma[j * (Rank + 1)] = At(index, OwnDraws ? j : 0);
        }
    }

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
    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        CheckMatrix(sigma);
        Guard.Length(label.Length, LabelLength, nameof(label));
        stream.FillUniform(0, label);
        int index = 0;
        for (int j = 0; j < label.Length; j++)
        {
            bool high = label[j] >= 0.5;
            index |= high && j < 30 ? 1 << j : 0;
            label[j] = Quantile(label[j]);
        }

        sigma.Clear();
        for (int j = 0; j < Rank; j++)
        {
            sigma[j * (Rank + 1)] = label[OwnDraws ? j : 0];
        }

        return Count is null ? -1 : index;
    }

    /// <summary>Returns the scalar below which a share <paramref name="u"/> in [0, 1) of the law lies.</summary>
    internal double Quantile(double u) => Law == ScalarLaw.TwoPoint
        ? (u >= 0.5 ? Mean + Spread : Mean - Spread)
        : Mean + (Spread * ((2 * u) - 1));

    /// <summary>Returns scalar <paramref name="scalar"/> of environment <paramref name="index"/>.</summary>
    internal double At(int index, int scalar) => ((index >> scalar) & 1) != 0 ? Mean + Spread : Mean - Spread;
}
