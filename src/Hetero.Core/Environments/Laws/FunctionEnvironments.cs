using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>Writes a random Σ^(e), r2² numbers, row after row: a pure function of the stream, symmetric and finite.</summary>
/// <param name="stream">Where the random numbers come from.</param>
/// <param name="sigma">Receives Σ^(e).</param>
public delegate void DrawEnvironment(RandomStream stream, Span<double> sigma);

/// <summary>A continuous distribution of environments by a function. A label is the lower triangle of Σ^(e), row after row: the number s itself where r2 = 1.</summary>
/// <remarks>Immutable and thread-safe, if the function is.</remarks>
public sealed class FunctionEnvironments : EnvironmentDistribution
{
    private readonly string _name;
    private readonly double[] _mean;
    private readonly DrawEnvironment _draw;

    /// <summary>Creates the distribution.</summary>
    /// <param name="name">What a saved state is held against: it must change whenever the function does.</param>
    /// <param name="mean">E[Σ^(e)], r2² finite numbers, row after row, symmetric.</param>
    /// <param name="largestEntry">A bound of the magnitude of every entry of every Σ^(e), finite; a draw beyond it is refused.</param>
    /// <param name="draw">The function.</param>
    /// <exception cref="ArgumentException">The mean is not a symmetric matrix within the bound, or the bound is negative or not finite.</exception>
    public FunctionEnvironments(string name, ReadOnlySpan<double> mean, double largestEntry, DrawEnvironment draw)
        : base(RankOf(mean))
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(draw);
        Guard.NotNegative(largestEntry);
        (_name, LargestEntry, _draw, _mean) = (name, largestEntry, draw, mean.ToArray());
        Check(mean, nameof(mean));
    }

    /// <inheritdoc/>
    public override int LabelLength => (int)Math.Min((long)Rank * (Rank + 1) / 2, int.MaxValue);

    /// <inheritdoc/>
    public override double LargestEntry { get; }

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma)
    {
        CheckMatrix(sigma);
        _mean.CopyTo(sigma);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The function wrote what is not a symmetric matrix within the bound.</exception>
    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        CheckMatrix(sigma);
        Guard.Length(label.Length, LabelLength, nameof(label));
        Guard.NoOverlap<double>(sigma, label, nameof(sigma), nameof(label));
        sigma.Clear();
        _draw(stream, sigma);
        try
        {
            Check(sigma, nameof(sigma));
        }
        catch (ArgumentException exception)
        {
            // The caller's arguments are fine: the function is not.
            throw new InvalidOperationException($"The function of the environments '{_name}' wrote a wrong matrix: {exception.Message}", exception);
        }

        for (int i = 0, next = 0; i < Rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                label[next++] = sigma[(i * Rank) + j];
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("environments", _name);
        description.Add("largestEntry", LargestEntry);
        description.Add<double>("mean", _mean);
    }

    private static int RankOf(ReadOnlySpan<double> mean)
    {
        Guard.MinimumLength(mean.Length, 1, nameof(mean));
        int rank = (int)Math.Round(Math.Sqrt(mean.Length));
        Guard.Length(mean.Length, (long)rank * rank, nameof(mean));
        return rank;
    }

    private void Check(ReadOnlySpan<double> sigma, string name)
    {
        for (int i = 0; i < Rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Guard.InRange(sigma[(i * Rank) + j], -LargestEntry, LargestEntry, name);
                if (sigma[(i * Rank) + j] != sigma[(j * Rank) + i])
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"'{name}' has {sigma[(i * Rank) + j]} at ({i}, {j}) and {sigma[(j * Rank) + i]} at ({j}, {i}); accepted is a symmetric matrix."), name);
                }
            }
        }
    }
}
