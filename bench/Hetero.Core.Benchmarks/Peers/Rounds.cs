namespace Hetero.Core.Benchmarks.Peers;

/// <summary>How measurements are taken: in rounds, every contender once a round, so that all see the same clock and the same neighbours.</summary>
internal static class Rounds
{
    /// <summary>How long a contender runs in a round, unless one run takes longer.</summary>
    public const double FillSeconds = 0.1;

    private const int MaxRepeats = 20_000;

    // Threads of OpenBLAS and OpenMP go on spinning for a moment after their work; they must not spin during somebody else's.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    /// <summary>Returns how often runs of this length fit into a round.</summary>
    public static int Repeats(double seconds) => (int)Math.Clamp(FillSeconds / seconds, 1, MaxRepeats);

    /// <summary>Measures all contenders in turn, the given number of times.</summary>
    /// <returns>For each contender the best seconds of each round.</returns>
    public static Dictionary<IContender, double[]> Measure(IReadOnlyList<IContender> contenders, int rounds)
    {
        Dictionary<IContender, double[]> times = contenders.ToDictionary(contender => contender, _ => new double[rounds]);
        foreach (IContender contender in contenders)
        {
            contender.Warm();
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (IContender contender in contenders)
            {
                Thread.Sleep(Pause);
                times[contender][round] = contender.Best();
            }
        }

        return times;
    }

    /// <summary>Returns the median.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
