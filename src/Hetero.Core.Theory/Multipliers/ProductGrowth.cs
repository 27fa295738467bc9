using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// The top Lyapunov exponent of the product of I + ηΣ_t with independent Σ_t, lim (1/t) log‖(I + ηΣ_t)…(I + ηΣ_1)x‖ for almost every x: the
/// spurious part grows by it in a step while it is small, whatever Σ^(e) has off the diagonal.
/// </summary>
/// <remarks>
/// The norm of one vector follows the top exponent; further exponents would need a frame kept orthonormal by QR steps, and nothing here
/// asks for them. Thread-safe.
/// </remarks>
public static class ProductGrowth
{
    private const int Batches = 100;

    /// <summary>
    /// Returns the exponent of diagonal environments, where directions do not mix: the largest E log|1 + ηΣ_ii|, −∞ if every
    /// direction has a factor 0. Null if some Σ^(e) has an entry off the diagonal.
    /// </summary>
    /// <param name="environments">The law of Σ_t.</param>
    /// <param name="rate">η times the gradient scale, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static double? Exact(EnvironmentDistribution environments, double rate)
    {
        ArgumentNullException.ThrowIfNull(environments);
        Guard.Positive(rate);
        if (!IsDiagonal(environments))
        {
            return null;
        }

        double exponent = double.NegativeInfinity;
        for (int i = 0; i < environments.Rank; i++)
        {
            exponent = Math.Max(exponent, MultiplierGrowth.LyapunovExponent(EntryLaw.Of(environments, i), rate, nameof(rate)));
        }

        return exponent;
    }

    /// <summary>
    /// Estimates the exponent from the means over 100 batches of one long product; batches of a thousand steps or more are nearly
    /// independent, so their t interval is good. For diagonal environments it is the exact exponent, with both ends equal to it.
    /// </summary>
    /// <param name="environments">The law of Σ_t.</param>
    /// <param name="rate">η times the gradient scale, finite and above 0.</param>
    /// <param name="stream">Names the product; step t draws from the stream of the same seed, purpose and substream at step t.</param>
    /// <param name="steps">The number of factors, 100 or more; a tenth as many more are made first and do not count.</param>
    /// <param name="level">The interval's level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ConfidenceInterval Estimate(EnvironmentDistribution environments, double rate, RandomStream stream, int steps, double level)
    {
        Guard.ProperFraction(level);
        if (Exact(environments, rate) is { } exact)
        {
            return new ConfidenceInterval(exact, exact, exact, level);
        }

        // The last batch is −∞ if the product ended at a singular factor.
        double[] means = BatchMeans(environments, rate, stream, steps);
        return double.IsNegativeInfinity(means[^1])
            ? new ConfidenceInterval(means[^1], means[^1], means[^1], level)
            : ConfidenceInterval.OfMean(means, level);
    }

    /// <summary>Follows the norm of a vector through a long product, and renews its length at every step.</summary>
    /// <param name="environments">The law of Σ_t.</param>
    /// <param name="rate">η times the gradient scale, finite and above 0.</param>
    /// <param name="stream">Names the product; step t draws from the stream of the same seed, purpose and substream at step t.</param>
    /// <param name="steps">The number of factors, 100 or more, rounded down to hundreds; a tenth as many more are made first and do not
    /// count.</param>
    /// <returns>The mean growth of the logarithm in each of 100 batches of steps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double[] BatchMeans(EnvironmentDistribution environments, double rate, RandomStream stream, int steps)
    {
        ArgumentNullException.ThrowIfNull(environments);
        Guard.Positive(rate);
        Guard.InRange(steps, Batches, int.MaxValue / 2);
        int rank = environments.Rank;
        double[] sigma = new double[rank * rank], label = new double[environments.LabelLength], means = new double[Batches];
        double[] vector = new double[rank], next = new double[rank];
        Array.Fill(vector, 1 / Math.Sqrt(rank));
        int warmUp = steps / 10, batch = steps / Batches;
        for (int step = 0; step < warmUp + (batch * Batches); step++)
        {
            environments.Draw(new RandomStream(stream.Seed, stream.Purpose, step, stream.Substream), sigma, label);
            double square = 0;
            for (int i = 0; i < rank; i++)
            {
                double sum = vector[i];
                for (int j = 0; j < rank; j++)
                {
                    sum += rate * sigma[(i * rank) + j] * vector[j];
                }

                next[i] = sum;
                square += sum * sum;
            }

            double norm = Math.Sqrt(square);
            if (!double.IsFinite(norm))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rate), rate, FormattableString.Invariant($"'{nameof(rate)}' is {rate}; accepted is a number with a finite square of I + ηΣ."));
            }

            if (norm == 0)
            {
                // A singular factor ended the vector: its logarithm is −∞ from here on.
                means.AsSpan(Math.Max(0, step - warmUp) / batch).Fill(double.NegativeInfinity);
                return means;
            }

            for (int i = 0; i < rank; i++)
            {
                vector[i] = next[i] / norm;
            }

            if (step >= warmUp)
            {
                means[(step - warmUp) / batch] += Math.Log(norm) / batch;
            }
        }

        return means;
    }

    private static bool IsDiagonal(EnvironmentDistribution environments)
    {
        switch (environments)
        {
            case DiagonalEnvironments:
                return true;
            case OffDiagonalEnvironments off:
                return off.Size == 0;
        }

        if (environments.Count is not { } count)
        {
            return false;
        }

        double[] sigma = new double[environments.Rank * environments.Rank];
        for (int e = 0; e < count; e++)
        {
            environments.CopyMatrix(e, sigma);
            for (int i = 0; i < sigma.Length; i++)
            {
                if (i % (environments.Rank + 1) != 0 && sigma[i] != 0)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
