namespace Hetero.Core.Benchmarks.Peers;

/// <summary>A case of a Python worker.</summary>
/// <param name="worker">The worker.</param>
/// <param name="arguments">The case and its arguments, as the script takes them.</param>
/// <param name="work">The work of one run.</param>
internal sealed class PythonContender(PythonWorker worker, string arguments, double work = 1) : IContender
{
    private int _repeats = 1;

    public double Work { get; } = work;

    public void Burst(double seconds)
    {
    }

    public void Calibrate(double seconds)
    {
        // The first run touches memory for the first time.
        _repeats = 1;
        Run();
        _repeats = 3;
        _repeats = Rounds.Repeats(Run(), seconds);
        Run();
    }

    public double Best() => Run();

    /// <summary>Returns what the case computes on shared data.</summary>
    public double[] Check() => worker.Ask($"check {arguments}");

    private double Run() => worker.Ask($"run {arguments} {_repeats}")[0];
}
