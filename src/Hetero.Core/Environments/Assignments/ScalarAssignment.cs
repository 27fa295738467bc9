using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>The scalars of every sample of a pooled batch, where each sample has an environment of its own.</summary>
internal static class ScalarAssignment
{
    /// <summary>Writes −x_ij, the weight of V*B_jV*ᵀ in sample i's residual UUᵀ − A* − A^(e_i), sample after sample.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="sampling">How samples are spread over the environments.</param>
    /// <param name="samples">The number m of samples.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="coefficients">Receives m·<see cref="ScalarEnvironments.Scalars"/> numbers.</param>
    /// <param name="order">Scratch of m elements.</param>
    public static void Fill(
        ScalarEnvironments distribution, PooledSampling sampling, int samples, RandomStream stream, Span<double> coefficients, Span<int> order)
    {
        int scalars = distribution.Scalars;
        coefficients = coefficients[..(samples * scalars)];
        if (sampling == PooledSampling.Stratified && distribution.Count is { } environments)
        {
            FillShares(distribution, samples, environments, coefficients);
            return;
        }

        stream.FillUniform(0, coefficients);
        for (int j = 0; j < scalars; j++)
        {
            if (sampling == PooledSampling.Stratified)
            {
                FillStrata(order[..samples], stream, j);
            }

            for (int i = 0; i < samples; i++)
            {
                ref double u = ref coefficients[(i * scalars) + j];
                u = -distribution.Quantile(j, sampling == PooledSampling.Stratified ? (order[i] + u) / samples : u);
            }
        }
    }

    /// <summary>Environments of equal odds: consecutive samples, the first ones of which get the remainder.</summary>
    private static void FillShares(ScalarEnvironments distribution, int samples, int environments, Span<double> coefficients)
    {
        int scalars = distribution.Scalars;
        (int share, int extra) = Math.DivRem(samples, environments);
        for (int e = 0, i = 0; e < environments; e++)
        {
            for (int end = i + share + (e < extra ? 1 : 0); i < end; i++)
            {
                for (int j = 0; j < scalars; j++)
                {
                    coefficients[(i * scalars) + j] = -distribution.At(e, j);
                }
            }
        }
    }

    /// <summary>A random order of the strata; the first direction keeps theirs, since only the pairing of directions is random.</summary>
    private static void FillStrata(Span<int> order, RandomStream stream, int direction)
    {
        if (direction == 0)
        {
            Permutation.Identity(order);
        }
        else
        {
            Permutation.Fill(order, new RandomStream(stream.Seed, stream.Purpose, stream.Step, direction));
        }
    }
}
