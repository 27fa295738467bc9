using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Hetero.Cli.Training;
using Hetero.Core.Training;

namespace Hetero.Cli.Figures;

/// <summary>
/// Independent runs, several at the same time, each on one thread with a trainer of its own. What comes back is in the order of the
/// settings and does not depend on the number of threads.
/// </summary>
internal static class RunBatch
{
    /// <summary>Trains all runs in double precision.</summary>
    /// <param name="runs">What to train; the longest should come first, so that no thread is left alone with it at the end.</param>
    /// <param name="threads">How many at the same time.</param>
    /// <param name="progress">Receives the share of the work that is done; null for none.</param>
    /// <param name="cancellation">Ends the work; then nothing comes back.</param>
    public static RecordedRun[] Execute(
        IReadOnlyList<RunSettings> runs, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        RecordedRun[] results = new RecordedRun[runs.Count];
        BatchProgress? batch = progress is null ? null : new BatchProgress(runs, progress);
        try
        {
            // Unbuffered: every thread takes the next run when it is free, since runs differ much in length.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, runs.Count), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                i =>
                {
                    BatchProgress.Run? own = batch?.Start(runs[i]);
                    RecordedRun run = TrainingSetup.Create<double>(runs[i], cancellation: cancellation).Record(own, cancellation);
                    if (run.Failure is { } failure)
                    {
                        ExceptionDispatchInfo.Throw(failure);
                    }

                    if (run.Outcome.Status == TrainingStatus.Cancelled)
                    {
                        throw new OperationCanceledException(cancellation);
                    }

                    results[i] = run;
                    own?.Finish();
                });
        }
        catch (AggregateException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return results;
    }

    /// <summary>The settings of a sweep over seeds: the seed of the settings, the next one, and so on.</summary>
    public static IEnumerable<RunSettings> OverSeeds(RunSettings settings, int seeds)
        => Enumerable.Range(0, seeds).Select(i => settings with { Seed = settings.Seed + (ulong)i });
}
