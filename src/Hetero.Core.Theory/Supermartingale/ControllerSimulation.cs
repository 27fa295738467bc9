using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>How often an excursion reaches the barrier before it falls below the line (48), and how often some controller reaches it (49).</summary>
/// <param name="Excursion">P(τ_k^1 &lt; τ_k^0), from a level line, L_{t+1} = L_t, where (c) in (48) is an equality; it has no end of time.</param>
/// <param name="Absorption">P(some q_i^t ≥ p^{−1.5}r2^{1.5}·L_t, t ≤ T), T the line's last step.</param>
internal sealed record ControllerSimulation(ConfidenceInterval Excursion, ConfidenceInterval Absorption)
{
    /// <summary>The hypotheses of (48), (49): the conclusion of Lemma 7, non-negative multipliers, and q_i^0 = L_0.</summary>
    public static IReadOnlyList<Inequality> Hypotheses(EnvironmentDistribution environments, CalibrationLine line)
    {
        double stepSize = line.Sequences.StepSize, worst = double.NegativeInfinity, least = double.PositiveInfinity;
        for (int i = 0; i < environments.Rank; i++)
        {
            EntryLaw law = EntryLaw.Of(environments, i).Shifted(2);
            worst = Math.Max(worst, MultiplierGrowth.MomentExcess(law, stepSize, 2.0 / 3));
            least = Math.Min(least, 1 + (stepSize * law.Minimum));
        }

        return
        [
            Inequality.AtMost("E(1 + ηΣ + 2η)^{2/3} − 1 ≤ 0", worst, 0),
            Inequality.AtLeast("1 + ηΣ + 2η ≥ 0", least, 0),
            Inequality.AtMost("L_0 ≤ α", line.Values[0], line.Sequences.InitialScale),
        ];
    }

    /// <summary>Simulates both.</summary>
    /// <param name="environments">The distribution over environments; excursions take the law of its first direction.</param>
    /// <param name="line">L_t, with η and α, for T steps.</param>
    /// <param name="violationProbability">p, above 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="paths">The number of paths of all controllers.</param>
    /// <param name="excursions">The number of excursions.</param>
    /// <param name="level">The level of both intervals.</param>
    public static ControllerSimulation Run(
        EnvironmentDistribution environments, CalibrationLine line, double violationProbability, ulong seed, int paths, int excursions, double level)
    {
        int rank = environments.Rank, absorbed = 0, reached = 0;
        double stepSize = line.Sequences.StepSize;
        ControllerProcess[] controllers = new ControllerProcess[rank];
        for (int i = 0; i < rank; i++)
        {
            controllers[i] = new ControllerProcess(line, violationProbability, rank);
        }

        double[] sigma = new double[rank * rank], label = new double[environments.LabelLength];
        for (int path = 0; path < paths; path++)
        {
            foreach (ControllerProcess controller in controllers)
            {
                controller.Reset();
            }

            bool hit = false;
            for (int t = 0; t < line.LastStep && !hit; t++)
            {
                environments.Draw(new RandomStream(seed, StreamPurpose.Theory, t, 16 + path), sigma, label);
                for (int i = 0; i < rank; i++)
                {
                    controllers[i].Advance(sigma[i * (rank + 1)]);
                    hit |= controllers[i].AbsorptionStep is not null;
                }
            }

            absorbed += hit ? 1 : 0;
        }

        EntryLaw law = EntryLaw.Of(environments);
        double barrier = ControllerProcess.GetBarrierFactor(violationProbability, rank);
        ScalarDraws draws = new(law, new RandomStream(seed, StreamPurpose.Theory, 0, 4));
        bool rises = ControllerProcess.Multiplier(stepSize, law.Maximum) > 1;
        for (int excursion = 0; excursion < excursions && rises; excursion++)
        {
            double x = 1;
            do
            {
                x *= ControllerProcess.Multiplier(stepSize, draws.Next());
            }
            while (x >= 1 && x < barrier);

            reached += x >= barrier ? 1 : 0;
        }

        return new ControllerSimulation(
            ConfidenceInterval.OfProportion(reached, excursions, level), ConfidenceInterval.OfProportion(absorbed, paths, level));
    }
}
