using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// Measures the tail exponent of the spurious part in runs of HeteroSGD at finite m with fresh measurements by their exact law; r1 = r2 = 1
/// and orthogonal subspaces.
/// </summary>
/// <remarks>
/// <para>Once the signal is learned, ‖R_t‖ = 1, the two parts of q_t differ. Along R_t the term −ηU_tᵀU_tq_t of (23) takes η off, so the
/// multiplier is 1 + η(s − 1), and the RIP error feeds it with noise times ‖R_t‖. Orthogonal to R_t the multiplier is 1 + ηs, and the feed
/// is noise times ‖E_t‖, which stays of the order of α or of the noise. So ‖q_t‖ itself is the sum of a well-fed part of a fast tail and a
/// hardly fed one of a slow tail, and in no window of a practical size a pure power.</para>
/// <para>With d = 2 there is no residual, and nothing feeds the part orthogonal to R_t. Thread-safe.</para>
/// </remarks>
public static class SpuriousTail
{
    private const int Stride = 20;

    /// <summary>Returns the exponent κ of the density ∝ x^{−κ−1} of one part inside a window, from independent runs.</summary>
    /// <param name="part">The part.</param>
    /// <param name="dimension">d, 3 or more.</param>
    /// <param name="environments">Environments of rank 1.</param>
    /// <param name="options">The runs' options; run i adds i to the seed.</param>
    /// <param name="lower">The lower end of the window: well above what the feed alone makes.</param>
    /// <param name="upper">The upper end: well below 1, where q² enters the multiplier.</param>
    /// <param name="runs">The number of runs, 2 or more.</param>
    /// <param name="steps">The steps of a run, 4 or more; the first quarter is dropped, and then every 20th counts.</param>
    /// <param name="level">The interval's level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range, a run diverges, or nothing was seen in the window.</exception>
    public static ConfidenceInterval Measure(
        SpuriousPart part,
        int dimension,
        EnvironmentDistribution environments,
        TrainingOptions options,
        double lower,
        double upper,
        int runs,
        int steps,
        double level)
    {
        Guard.Defined(part);
        Guard.AtLeast(dimension, 3);
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(runs, 2);
        Guard.AtLeast(steps, 4);
        Guard.ProperFraction(level);
        TailWindow[] windows = new TailWindow[runs];
        for (int run = 0; run < runs; run++)
        {
            windows[run] = new TailWindow(lower, upper);
            ulong seed = unchecked(options.Seed + (ulong)run);
            SensingProblem problem = SensingProblem.Create(dimension, 1, 1, seed, SubspaceLayout.PrescribedOverlap, 0);
            ExactLawMeasurements<double> source = new(dimension, seed);
            HeteroSgd<double> trainer = new(problem, environments, source, options with { Seed = seed });
            Decomposition<double> parts = new(problem, trainer.Factor.Columns);
            for (int t = 1; t <= steps; t++)
            {
                if (trainer.Advance() == TrainingStatus.Diverged)
                {
                    throw new ArgumentException(
                        $"'{nameof(options)}' make run {run} diverge at step {t}; accepted are step sizes that keep the runs bounded.", nameof(options));
                }

                if (t > steps / 4 && t % Stride == 0)
                {
                    parts.Compute(trainer.Factor, trainer.Signals);
                    windows[run].Add(Size(parts, part));
                }
            }
        }

        return TailExponentEstimate.OfRuns(windows, level);
    }

    private static double Size(Decomposition<double> parts, SpuriousPart part)
    {
        double product = 0, square = 0;
        for (int k = 0; k < parts.Spurious.Rows; k++)
        {
            product += parts.Spurious[k, 0] * parts.Invariant[k, 0];
            square += parts.Invariant[k, 0] * parts.Invariant[k, 0];
        }

        if (part == SpuriousPart.AlongSignal)
        {
            return Math.Abs(product) / Math.Sqrt(square);
        }

        double rest = 0;
        for (int k = 0; k < parts.Spurious.Rows; k++)
        {
            double difference = parts.Spurious[k, 0] - (product / square * parts.Invariant[k, 0]);
            rest += difference * difference;
        }

        return Math.Sqrt(rest);
    }
}
