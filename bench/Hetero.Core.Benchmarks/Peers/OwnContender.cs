using System.Diagnostics;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Code of this process.</summary>
/// <param name="run">One run.</param>
/// <param name="work">The work of one run.</param>
internal sealed class OwnContender(Action run, double work = 1) : IContender
{
    // The runtime recompiles a method after 30 calls, and once more with what it learned in 30 more, each time only after 100 ms without other
    // methods to compile: so bursts of more than 30 calls, with pauses.
    private const int Bursts = 4;
    private const int CallsPerBurst = 40;
    private const double MaxBurstSeconds = 1.5;

    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(250);

    private int _repeats = 1;

    public double Work { get; } = work;

    public void Warm()
    {
        double last = 0;
        for (int burst = 0; burst < Bursts; burst++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < CallsPerBurst && Stopwatch.GetElapsedTime(start).TotalSeconds < MaxBurstSeconds; call++)
            {
                last = Time();
            }

            Thread.Sleep(CompilerPause);
        }

        _repeats = Rounds.Repeats(Math.Min(last, Time()));
    }

    public double Best()
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < _repeats; i++)
        {
            best = Math.Min(best, Time());
        }

        return best;
    }

    private double Time()
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
