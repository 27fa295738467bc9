using Hetero.Core.Environments;
using Hetero.Core.Random;

namespace Hetero.Cli.Figures;

/// <summary>
/// The top Lyapunov exponent of the product of I + ηΣ_t with independent Σ_t, lim (1/t) E log‖(I + ηΣ_t)…(I + ηΣ_1)x‖: while it is small, the
/// spurious part grows by it on average in a step.
/// </summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, from the means over 100 stretches of the product.</param>
internal sealed record LyapunovEstimate(double Value, double StandardError)
{
    private const int Stretches = 100;

    /// <summary>Follows the norm of a vector through a long product, and renews its length at every step.</summary>
    /// <param name="environments">The law of Σ_t.</param>
    /// <param name="rate">η times the gradient scale.</param>
    /// <param name="seed">The seed of the product.</param>
    /// <param name="steps">The number of factors, a multiple of 100; a tenth as many more are made first and do not count.</param>
    public static LyapunovEstimate Of(EnvironmentDistribution environments, double rate, ulong seed, int steps)
    {
        int rank = environments.Rank;
        double[] sigma = new double[rank * rank], label = new double[environments.LabelLength], means = new double[Stretches];
        double[] vector = new double[rank], next = new double[rank];
        Array.Fill(vector, 1 / Math.Sqrt(rank));
        int warmUp = steps / 10, stretch = steps / Stretches;
        for (int step = 0; step < warmUp + (stretch * Stretches); step++)
        {
            environments.Draw(new RandomStream(seed, StreamPurpose.User, step), sigma, label);
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
            for (int i = 0; i < rank; i++)
            {
                vector[i] = next[i] / norm;
            }

            if (step >= warmUp)
            {
                means[(step - warmUp) / stretch] += Math.Log(norm) / stretch;
            }
        }

        double mean = means.Average();
        double variance = means.Sum(value => (value - mean) * (value - mean)) / (Stretches - 1);

        // Six digits are more than the error leaves; the platform's logarithm may differ in the last.
        return new(Math.Round(mean, 6), Math.Round(Math.Sqrt(variance / Stretches), 6));
    }
}
