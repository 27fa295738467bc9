namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// How a spurious column grows in a federated round while it is small: by N⁻¹ Σ_c (1 + ηs_c)^K, for N clients that make K steps each. It dies out iff E log|N⁻¹ Σ_c (1 + ηs_c)^K| is below 0.
/// N = 1 is K times <see cref="MultiplierGrowth.LyapunovExponent(EntryLaw, double)"/>.
/// </summary>
/// <remarks>
/// Sums over how many clients have which value: exact up to round-off, but for averages that cancel, whose logarithm has their relative error. For a law symmetric about its mean m the average
/// over the whole law is (1 + ηm)^K at least, since E(g + X)^K has even powers of X alone: full participation grows the column if m is above 0. Thread-safe.
/// </remarks>
public static class FederatedGrowth
{
    /// <summary>The most clients, and the most environments of a list.</summary>
    public const int MostClients = 4096;

    private const double MostRounds = 1e6;
    private const double MostTerms = 1e8;

    /// <summary>Returns the exponent of a round whose clients draw their s independently.</summary>
    /// <param name="law">The law of s, of finitely many values.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="clients">N, 1 to <see cref="MostClients"/>; rounds that differ by more than the order of their clients are at most 10⁶, and 10⁸ over the number of values.</param>
    /// <param name="localSteps">K, 1 or more.</param>
    /// <returns>E log|N⁻¹ Σ_c (1 + ηs_c)^K|; −∞ if the average is 0 for some draw.</returns>
    /// <exception cref="ArgumentException">The law is not of finitely many values, ηs is not finite, or a number is out of range.</exception>
    public static double Exponent(EntryLaw law, double stepSize, int clients, int localSteps)
    {
        ArgumentNullException.ThrowIfNull(law);
        Check(law.Bound, stepSize, clients, localSteps);
        if (!law.IsDiscrete)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(law)}' is uniform from {law.Minimum} to {law.Maximum}; accepted is a law of finitely many values."), nameof(law));
        }

        double[] values = law.Values.ToArray(), probabilities = law.Probabilities.ToArray();
        CheckRounds(clients, values.Length, RoundsOfDraws(clients, values.Length));
        double[] factorials = LogFactorials(clients);
        return Mean(
            values,
            [.. values.Select(_ => clients)],
            stepSize,
            clients,
            localSteps,
            factorials[clients],
            (value, count) => count == 0 ? 0 : probabilities[value] == 0 ? double.NegativeInfinity : (count * Math.Log(probabilities[value])) - factorials[count]);
    }

    /// <summary>Returns the exponent of a round whose clients have different environments of a list: a draw without replacement.</summary>
    /// <param name="environments">The s of each environment; equal ones may stand more than once.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="clients">N, 1 to the length of the list; all of it is full participation.
    /// Rounds that differ by more than which of equal environments they have are at most 10⁶, and 10⁸ over the number of values.</param>
    /// <param name="localSteps">K, 1 or more.</param>
    /// <returns>As for <see cref="Exponent"/>, to which it tends as the list grows.</returns>
    /// <exception cref="ArgumentException">The list is empty or too long, has a number that is not finite, or a number is out of range.</exception>
    public static double ExponentOfDistinct(IReadOnlyList<double> environments, double stepSize, int clients, int localSteps)
    {
        ArgumentNullException.ThrowIfNull(environments);
        Guard.InRange(environments.Count, 1, MostClients, "environments.Count");
        foreach (double s in environments)
        {
            Guard.Finite(s, nameof(environments));
        }

        Check(environments.Max(Math.Abs), stepSize, clients, localSteps);
        Guard.InRange(clients, 1, environments.Count);
        (double Value, int Count)[] groups = [.. environments.GroupBy(s => s).Select(group => (group.Key, group.Count()))];
        int[] most = [.. groups.Select(group => group.Count)];
        CheckRounds(clients, most.Length, RoundsOfChoices(clients, most));
        double[] factorials = LogFactorials(environments.Count);
        return Mean(
            [.. groups.Select(group => group.Value)],
            most,
            stepSize,
            clients,
            localSteps,
            -LogChoose(environments.Count, clients),
            (value, count) => LogChoose(most[value], count));

        double LogChoose(int all, int some) => factorials[all] - factorials[some] - factorials[all - some];
    }

    /// <summary>The mean of log|average| over all ways to share N clients out among the values, of each no more than there are.</summary>
    private static double Mean(
        double[] values, int[] most, double stepSize, int clients, int localSteps, double logNormalization, Func<int, int, double> logWeight)
    {
        double[] logs = [.. values.Select(s => localSteps * Math.Log(Math.Abs(1 + (stepSize * s))))];
        double[] signs = [.. values.Select(s => localSteps % 2 == 0 ? 1.0 : Math.Sign(1 + (stepSize * s)))];
        int[] counts = new int[values.Length], later = new int[values.Length];
        for (int i = values.Length - 1; i > 0; i--)
        {
            later[i - 1] = Math.Min(clients, later[i] + most[i]);
        }

        double sum = 0;
        Share(0, clients, logNormalization);
        return sum;

        void Share(int value, int left, double weight)
        {
            if (double.IsNegativeInfinity(weight))
            {
                return;
            }

            if (value == values.Length - 1)
            {
                counts[value] = left;
                double last = weight + logWeight(value, left);
                if (!double.IsNegativeInfinity(last))
                {
                    // A probability may be too small for a number, and an average still 0.
                    double log = LogAverage();
                    sum += double.IsNegativeInfinity(log) ? log : Math.Exp(last) * log;
                }

                return;
            }

            // What later values have no place for is not left to them: a way without an end would be one of 2^E.
            for (int count = Math.Max(0, left - later[value]); count <= Math.Min(left, most[value]); count++)
            {
                counts[value] = count;
                Share(value + 1, left - count, weight + logWeight(value, count));
            }
        }

        // In units of the largest power, so that none leaves the range.
        double LogAverage()
        {
            double largest = double.NegativeInfinity, average = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                largest = counts[i] > 0 ? Math.Max(largest, logs[i]) : largest;
            }

            for (int i = 0; i < counts.Length && !double.IsNegativeInfinity(largest); i++)
            {
                average += counts[i] == 0 ? 0 : counts[i] * signs[i] * Math.Exp(logs[i] - largest);
            }

            return largest + Math.Log(Math.Abs(average) / clients);
        }
    }

    private static void Check(double bound, double stepSize, int clients, int localSteps)
    {
        Guard.Positive(stepSize);
        Guard.InRange(clients, 1, MostClients);
        Guard.AtLeast(localSteps, 1);
        Guard.Accepted(stepSize, stepSize * bound <= 1e100 ? null : FormattableString.Invariant($"one with |ηs| ≤ 1e100, |s| being up to {bound}"), nameof(stepSize));
    }

    private static void CheckRounds(int clients, int values, double rounds)
    {
        // A round of v values is a sum of v terms.
        double most = Math.Min(MostRounds, MostTerms / values);
        Guard.Accepted(clients, rounds <= most ? null : FormattableString.Invariant($"one with at most {most} different rounds of {values} values"), nameof(clients));
    }

    /// <summary>C(N + v − 1, v − 1) rounds of v values, each as often as one likes.</summary>
    private static double RoundsOfDraws(int clients, int values)
    {
        double rounds = 1;
        for (int i = 1; i < values; i++)
        {
            rounds *= (double)(clients + i) / i;
        }

        return rounds;
    }

    /// <summary>The rounds of values each of which is there a number of times, counted value by value.</summary>
    private static double RoundsOfChoices(int clients, int[] most)
    {
        double[] rounds = new double[clients + 1];
        rounds[0] = 1;
        foreach (int available in most)
        {
            for (int chosen = clients; chosen > 0; chosen--)
            {
                for (int count = 1; count <= Math.Min(available, chosen); count++)
                {
                    rounds[chosen] += rounds[chosen - count];
                }
            }
        }

        return rounds[clients];
    }

    private static double[] LogFactorials(int most)
    {
        double[] logs = new double[most + 1];
        for (int i = 1; i <= most; i++)
        {
            logs[i] = logs[i - 1] + Math.Log(i);
        }

        return logs;
    }
}
