using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The top Lyapunov exponent of the product of I + ηΣ_t with independent Σ_t, as <see cref="ProductGrowth"/> estimates it: while it is
/// small, the spurious part grows by it on average in a step.
/// </summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, from the means over 100 stretches of the product.</param>
internal sealed record LyapunovEstimate(double Value, double StandardError)
{
    /// <summary>Follows the norm of a vector through a long product.</summary>
    /// <param name="environments">The law of Σ_t.</param>
    /// <param name="rate">η times the gradient scale.</param>
    /// <param name="seed">The seed of the product.</param>
    /// <param name="steps">The number of factors, a multiple of 100; a tenth as many more are made first and do not count.</param>
    public static LyapunovEstimate Of(EnvironmentDistribution environments, double rate, ulong seed, int steps)
    {
        double[] means = ProductGrowth.BatchMeans(environments, rate, new RandomStream(seed, StreamPurpose.User), steps);
        double mean = means.Average();
        double variance = means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1);

        // Six digits are more than the error leaves; the platform's logarithm may differ in the last.
        return new(Math.Round(mean, 6), Math.Round(Math.Sqrt(variance / means.Length), 6));
    }
}
