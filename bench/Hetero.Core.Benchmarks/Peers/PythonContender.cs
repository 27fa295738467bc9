namespace Hetero.Core.Benchmarks.Peers;

/// <summary>A case of a Python worker.</summary>
/// <param name="context">Has the worker: a new one where another case has ended it.</param>
/// <param name="script">The worker's script.</param>
/// <param name="arguments">The case and its arguments, as the script takes them.</param>
/// <param name="work">The work of one run.</param>
internal sealed class PythonContender(PeerContext context, string script, string arguments, double work = 1) : IContender
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
    public double[] Check() => context.Worker(script).Ask($"check {arguments}");

    private double Run() => context.Worker(script).Ask($"run {arguments} {_repeats}")[0];
}
