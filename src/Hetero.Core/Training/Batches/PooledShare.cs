namespace Hetero.Core.Training;

/// <summary>What a pooled share ρ of HeteroSGD's batch means: see <see cref="TrainingOptions.PooledShare"/>. Thread-safe: no state.</summary>
internal static class PooledShare
{
    /// <summary>The most listed environments that a batch can pool, a group for each; so it is with stored measurements and noise for all laws.</summary>
    public const int MaxEnvironments = 1 << 20;

    /// <summary>The most environments made of scalars that a pooled batch has a group for each; with more, every sample has coefficients of its own.</summary>
    public const int MaxScalarGroups = 16;

    /// <summary>Returns the number of samples spread over all environments, m − round((1 − ρ)m), halves rounded away from zero.</summary>
    /// <param name="samples">The number m of samples in the batch, 1 or more.</param>
    /// <param name="share">ρ, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static long SamplesOf(long samples, double share)
    {
        Guard.AtLeast(samples, 1);
        Guard.InRange(share, 0, 1);

        // Without the first case a count beyond 2⁵³ would lose its low bits.
        return share == 0 ? 0 : samples - long.Min(samples, (long)Math.Round((1 - share) * samples, MidpointRounding.AwayFromZero));
    }

    /// <summary>Writes the Σ of the mean gradient, (1 − ρ)Σ_t + ρ·E[Σ].</summary>
    /// <param name="share">ρ, 0 to 1.</param>
    /// <param name="sigma">Σ_t.</param>
    /// <param name="mean">E[Σ], as long.</param>
    /// <param name="destination">Receives the mixture, as long; may be <paramref name="sigma"/> or <paramref name="mean"/>, but not overlap them
    /// otherwise.</param>
    /// <exception cref="ArgumentException">The share is out of range, the lengths differ, or memory is shared.</exception>
    public static void Mix(double share, ReadOnlySpan<double> sigma, ReadOnlySpan<double> mean, Span<double> destination)
    {
        Guard.InRange(share, 0, 1);
        Guard.Length(mean.Length, sigma.Length, nameof(mean));
        Guard.Length(destination.Length, sigma.Length, nameof(destination));
        Guard.NoShiftedOverlap(sigma, destination, nameof(sigma), nameof(destination));
        Guard.NoShiftedOverlap(mean, destination, nameof(mean), nameof(destination));
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = ((1 - share) * sigma[i]) + (share * mean[i]);
        }
    }
}
