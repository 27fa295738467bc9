using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// The environments of every sample of a pooled batch over any continuous law: sample i draws its own Σ^(i) from substream <see cref="FirstSubstream"/> + i, and its residual lies in the
/// span of V*B_jV*ᵀ, B_j the symmetric units of the lower triangle, row after row.
/// </summary>
internal static class ContinuousAssignment
{
    /// <summary>Substreams below serve the order of the samples.</summary>
    public const int FirstSubstream = 2;

    /// <summary>The most samples that have a substream.</summary>
    public const int MaxSamples = RandomStream.MaxSubstream - FirstSubstream + 1;

    /// <summary>The number of units B_j.</summary>
    public static int DirectionsOf(int rank) => (int)Math.Min((long)rank * (rank + 1) / 2, int.MaxValue);

    /// <summary>Writes B_j.</summary>
    public static void CopyDirection(int rank, int direction, Span<double> sigma)
    {
        int row = 0;
        while (direction > row)
        {
            direction -= ++row;
        }

        sigma.Clear();
        sigma[(row * rank) + direction] = 1;
        sigma[(direction * rank) + row] = 1;
    }

    /// <summary>Writes the entries of −Σ^(i) that belong to the B_j, sample after sample.</summary>
    public static void Fill(
        EnvironmentDistribution law, int samples, RandomStream stream, Span<double> coefficients, Span<double> sigma, Span<double> label)
    {
        int rank = law.Rank, next = 0;
        int? count = law.Count;
        for (int i = 0; i < samples; i++)
        {
            EnvironmentCheck.Drawn(law, count, law.Draw(new RandomStream(stream.Seed, stream.Purpose, stream.Step, FirstSubstream + i), sigma, label));
            for (int a = 0; a < rank; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    coefficients[next++] = -sigma[(a * rank) + b];
                }
            }
        }
    }
}
