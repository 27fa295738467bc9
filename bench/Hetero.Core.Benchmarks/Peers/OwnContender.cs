using System.Diagnostics;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Code of this process.</summary>
/// <param name="run">One run.</param>
/// <param name="work">The work of one run.</param>
internal sealed class OwnContender(Action run, double work = 1) : IContender
{
    private const int CallsPerBurst = 40;

    // Reading the clock takes some 25 ns, and it counts in steps: runs shorter than this are timed together.
    private const double LeastSeconds = 20e-6;

    private double _last = double.PositiveInfinity;
    private int _batch = 1;
    private int _repeats = 1;

    public double Work { get; } = work;

    public void Burst(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < CallsPerBurst && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; call++)
        {
            _last = Time();
        }
    }

    public void Calibrate(double seconds)
    {
        double one = Math.Min(_last, Time());
        _batch = (int)Math.Clamp(Math.Ceiling(LeastSeconds / one), 1, LeastSeconds * 1e9);
        _repeats = Rounds.Repeats(one * _batch, seconds);
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
        for (int i = 0; i < _batch; i++)
        {
            run();
        }

        return (Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency / _batch;
    }
}
