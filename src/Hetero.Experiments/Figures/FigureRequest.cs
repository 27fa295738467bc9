using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>How the numbers of a figure are to be made.</summary>
/// <param name="Seed">The first seed.</param>
/// <param name="Seeds">The number of seeds; run i has seed <paramref name="Seed"/> + i.</param>
/// <param name="Threads">The number of runs at the same time; the numbers do not depend on it.</param>
/// <param name="Progress">Receives the share of the training that is done; null for none.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record FigureRequest(ulong Seed, int Seeds, int Threads, IProgress<double>? Progress = null, CancellationToken Cancellation = default)
{
    /// <summary>Gets where finished runs are kept by figures of long ones; null for nowhere.</summary>
    public IKeptRuns? Kept { get; init; }

    /// <summary>Gets what keeps parallel work to the threads, and ends it.</summary>
    public ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation };

    /// <summary>Does independent pieces of work, each of which has a place of its own for what it finds.</summary>
    public void InParallel(int count, Action<int> work) => Parallel.For(0, count, Parallelism, work);

    /// <summary>Trains all the sweeps of a figure in one batch.</summary>
    public void Train(IReadOnlyList<SeedSweep> sweeps) => SweepBatch.Execute(sweeps, Seeds, Threads, Progress, Cancellation);
}
