using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// Environments made of independent scalars: Σ^(e) = Σ_j x_j·B_j with fixed symmetric matrices B_j and x_j = mean_j ± width_j, either at the
/// two ends with equal odds or uniform between them. A label is the list of the x_j.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class ScalarEnvironments : EnvironmentDistribution
{
    // 2³⁰ environments are the most that an index can number.
    private const int MaxCountedScalars = 30;

    private protected ScalarEnvironments(int rank, ScalarLaw law, int scalars)
        : base(rank)
    {
        Law = law;
        Scalars = scalars;
    }

    /// <summary>Gets the law of a scalar.</summary>
    public ScalarLaw Law { get; }

    /// <summary>Gets the number n of independent scalars.</summary>
    public int Scalars { get; }

    /// <inheritdoc/>
    public override int? Count => Law == ScalarLaw.TwoPoint && Scalars <= MaxCountedScalars ? 1 << Scalars : null;

    /// <inheritdoc/>
    public override int LabelLength => Scalars;

    /// <summary>Returns the probability of environment <paramref name="index"/>: all have equal odds.</summary>
    /// <param name="index">0 to Count − 1.</param>
    public override double GetProbability(int index)
    {
        CheckIndex(index);
        return 1.0 / Count!.Value;
    }

    /// <summary>Writes Σ^(e): bit j of the index says whether scalar j is at its lower (0) or upper (1) end.</summary>
    /// <param name="index">0 to Count − 1.</param>
    /// <param name="sigma">Receives r2² numbers, row after row.</param>
    public override void CopyMatrix(int index, Span<double> sigma)
    {
        CheckIndex(index);
        CheckMatrix(sigma);
        Span<double> scalars = stackalloc double[MaxCountedScalars];
        scalars = scalars[..Scalars];
        CopyLabel(index, scalars);
        Compose(scalars, sigma);
    }

    /// <inheritdoc/>
    public override void CopyLabel(int index, Span<double> label)
    {
        CheckIndex(index);
        Guard.Length(label.Length, LabelLength, nameof(label));
        for (int j = 0; j < label.Length; j++)
        {
            label[j] = At(index, j);
        }
    }

    /// <inheritdoc/>
    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        CheckMatrix(sigma);
        Guard.Length(label.Length, LabelLength, nameof(label));
        Guard.NoOverlap<double>(sigma, label, nameof(sigma), nameof(label));
        stream.FillUniform(0, label);
        int index = 0;
        for (int j = 0; j < label.Length; j++)
        {
            index |= label[j] >= 0.5 && j < MaxCountedScalars ? 1 << j : 0;
            label[j] = Quantile(j, label[j]);
        }

        Compose(label, sigma);
        return Count is null ? -1 : index;
    }

    /// <summary>Writes Σ_j x_j·B_j.</summary>
    /// <param name="scalars">The x_j.</param>
    /// <param name="sigma">Receives r2² numbers, row after row.</param>
    internal abstract void Compose(ReadOnlySpan<double> scalars, Span<double> sigma);

    /// <summary>Returns the number below which a share <paramref name="u"/> in [0, 1) of the law of scalar <paramref name="scalar"/> lies.</summary>
    internal double Quantile(int scalar, double u)
    {
        (double mean, double width) = Range(scalar);
        return Law == ScalarLaw.TwoPoint
            ? (u >= 0.5 ? mean + width : mean - width)
            : mean + (width * ((2 * u) - 1));
    }

    /// <summary>Returns scalar <paramref name="scalar"/> of environment <paramref name="index"/>.</summary>
    internal double At(int index, int scalar)
    {
        (double mean, double width) = Range(scalar);
        return ((index >> scalar) & 1) != 0 ? mean + width : mean - width;
    }

    /// <summary>Returns mean and half-width of a scalar.</summary>
    internal abstract (double Mean, double Width) Range(int scalar);
}
