namespace Hetero.Core.Benchmarks.Peers;

/// <summary>How much time measurements take.</summary>
/// <param name="BurstSeconds">The longest stretch of calls between two compilations.</param>
/// <param name="FillSeconds">How long a contender runs in a round, unless one run takes longer.</param>
/// <param name="Pause">
/// The wait before every contender. Threads of OpenBLAS and OpenMP go on spinning for a moment after their work; they must not spin during
/// somebody else's.
/// </param>
internal sealed record Pace(double BurstSeconds, double FillSeconds, TimeSpan Pause)
{
    /// <summary>Gets the pace of a table with few rows.</summary>
    public static Pace Full { get; } = new(1.5, 0.1, TimeSpan.FromMilliseconds(60));

    /// <summary>Gets the pace of many sizes of the same methods on one thread: each need not be called until it is compiled, and nothing spins.</summary>
    public static Pace Sweep { get; } = new(0.1, 0.03, TimeSpan.Zero);
}
