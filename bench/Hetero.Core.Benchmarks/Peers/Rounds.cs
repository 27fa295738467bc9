namespace Hetero.Core.Benchmarks.Peers;

/// <summary>How measurements are taken: in rounds, every contender once a round, so that all see the same clock and the same neighbours.</summary>
internal static class Rounds
{
    private const int MaxRepeats = 20_000;

    // The runtime recompiles a method after 30 calls, and once more with what it learned in 30 more, each time only after 100 ms without other
    // methods to compile: so bursts of more than 30 calls, with pauses.
    private const int Bursts = 4;

    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns how often runs of this length fit into the time.</summary>
    public static int Repeats(double seconds, double fillSeconds) => (int)Math.Clamp(fillSeconds / seconds, 1, MaxRepeats);

    /// <summary>Runs all contenders until they are compiled for the last time.</summary>
    public static void Warm(IReadOnlyList<IContender> contenders, Pace pace)
    {
        for (int burst = 0; burst < (RunFacts.IsCompiledOnce ? 1 : Bursts); burst++)
        {
            foreach (IContender contender in contenders)
            {
                contender.Burst(pace.BurstSeconds);
            }

            Thread.Sleep(RunFacts.IsCompiledOnce ? TimeSpan.Zero : CompilerPause);
        }
    }

    /// <summary>Measures all contenders of a case in turn. One that fails, such as a process that ends, is dropped from the case.</summary>
    /// <returns>For each contender that is left the best seconds of each round.</returns>
    public static Dictionary<IContender, double[]> Measure(PeerCase one, int rounds, Pace pace)
        => Measure([.. one.Contenders], rounds, pace, one.Drop);

    /// <summary>Measures all contenders in turn, the given number of times.</summary>
    /// <returns>For each contender the best seconds of each round.</returns>
    public static Dictionary<IContender, double[]> Measure(IReadOnlyList<IContender> contenders, int rounds, Pace pace)
        => Measure(contenders, rounds, pace, (_, reason) => throw new PeerException(reason));

    private static Dictionary<IContender, double[]> Measure(IReadOnlyList<IContender> contenders, int rounds, Pace pace, Action<IContender, string> drop)
    {
        Dictionary<IContender, double[]> times = contenders.ToDictionary(contender => contender, _ => new double[rounds]);
        void Try(IContender contender, Action action)
        {
            try
            {
                action();
            }
            catch (PeerException problem)
            {
                drop(contender, problem.Message);
                times.Remove(contender);
            }
        }

        foreach (IContender contender in contenders)
        {
            Try(contender, () => contender.Calibrate(pace.FillSeconds));
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (IContender contender in contenders.Where(times.ContainsKey))
            {
                Thread.Sleep(pace.Pause);
                Try(contender, () => times[contender][round] = contender.Best());
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
