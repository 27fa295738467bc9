using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The median of the average of s that momentum makes, where steps are so small that q stands still meanwhile: v ← βv + D has the sign of q² − X with X = (1 − β)Σ βᵏs_{t−k}, and D + βv that of the
/// same with the last s counted 1 + β times and the earlier ones βᵏ⁺¹. There steps up and down are balanced.
/// </summary>
internal static class WeightedMedian
{
    private const int Samples = 200_001;
    private const int Apart = 20;

    /// <summary>Returns the median over many draws; its standard error is some 0.003 of a deviation of s.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="momentum">β, above 0 and below 1.</param>
    /// <param name="looksAhead">Whether the last direction counts once more, as in Muon.</param>
    /// <param name="seed">Of the draws.</param>
    public static double Of(EntryLaw law, double momentum, bool looksAhead, ulong seed)
    {
        RandomStream stream = new(seed, StreamPurpose.User, 0, 1);
        double[] averages = new double[Samples];
        double velocity = law.Mean / (1 - momentum);
        for (int i = 0; i < averages.Length; i++)
        {
            double last = 0;
            for (int k = 0; k < Apart / 4; k++)
            {
                (uint w0, uint w1, uint w2, uint w3) = stream.Block((ulong)((i * (Apart / 4)) + k));
                foreach (uint word in (ReadOnlySpan<uint>)[w0, w1, w2, w3])
                {
                    last = law.Quantile(word / 4294967296.0);
                    velocity = (momentum * velocity) + last;
                }
            }

            // The weights of D + βv have the sum 1 + β/(1 − β) = 1/(1 − β), too.
            averages[i] = (1 - momentum) * (looksAhead ? last + (momentum * velocity) : velocity);
        }

        Array.Sort(averages);
        return Quantiles.OfSorted(averages, 0.5);
    }
}
