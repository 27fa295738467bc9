using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Sweep;

/// <summary>One call of hetero sweep.</summary>
/// <param name="Grid">What is trained.</param>
/// <param name="Directory">The folder of the sweep.</param>
/// <param name="Threads">The number of runs at the same time.</param>
/// <param name="IsResumed">Whether the folder may have a sweep already.</param>
/// <param name="TimeLimit">When the work ends at the latest; null for no such time.</param>
internal sealed record SweepRequest(SweepGrid Grid, string Directory, int Threads, bool IsResumed, TimeSpan? TimeLimit);
