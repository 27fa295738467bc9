using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// Label noise: what every step adds anew to the responses that it sees, y_i + s_i, so that −(1/m) Σ s_i X_i comes to the gradient. On fresh measurements it is
/// the noise that they have anyway; on data
/// that are used again it is noise that does not stay with them, and that the iterate cannot fit (HaoChen, Wei, Lee, Ma, 2021).
/// </summary>
/// <remarks>
/// The numbers come from the stream (seed of the measurements, <see cref="Random.StreamPurpose.LabelNoise"/>, step, index of the group in its batch): at the position of a sample in its batch, or
/// from its beginning for <see cref="IsOnOneSample"/>. Immutable and thread-safe; equal if all values are.
/// </remarks>
public sealed record LabelNoise
{
    /// <summary>Gets the standard deviation δ, finite and 0 or above; 0 is no noise, and has the bits of none.</summary>
    public required double Deviation { get; init; }

    /// <summary>Gets the law of s/δ.</summary>
    public LabelNoiseLaw Law { get; init; }

    /// <summary>
    /// Gets whether one sample of a group, drawn uniformly, gets the noise for all: its s is multiplied by the number m of samples in the group, and the others
    /// have none. The gradient of a batch of all rows is then
    /// (1/m) Σ (⟨X_i, M⟩ − y_i)X_i − s·X_i of one i: of the same mean and covariance as √m times as much noise on each sample.
    /// </summary>
    public bool IsOnOneSample { get; init; }

    /// <summary>Returns what it is, as messages say it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Law} noise of deviation {Deviation} on {(IsOnOneSample ? "one sample" : "each sample")}");

    /// <summary>All that its numbers depend on in one word, for what is plain the deviation alone.</summary>
    internal string Description
        => FormattableString.Invariant($"{Deviation:R}") + (Law == LabelNoiseLaw.Gaussian ? "" : $"-{Law}") + (IsOnOneSample ? "-one" : "");

    /// <summary>Refuses values out of range, and noise that the source does not make.</summary>
    internal static void Check<T>(LabelNoise? noise, MeasurementSource<T> source, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (noise is null)
        {
            return;
        }

        // Sources ask at every step, and a name costs memory.
        if (!(double.IsFinite(noise.Deviation) && noise.Deviation >= 0 && Enum.IsDefined(noise.Law)))
        {
            Guard.NotNegative(noise.Deviation, $"{name}.{nameof(Deviation)}");
            Guard.Defined(noise.Law, $"{name}.{nameof(Law)}");
        }

        if (noise.Deviation > 0 && source.RefuseLabelNoise(noise) is { } accepted)
        {
            throw new ArgumentException($"'{name}' is {noise}; accepted is {accepted}.", name);
        }
    }
}
