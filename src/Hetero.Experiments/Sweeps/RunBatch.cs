using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Hetero.Core;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// Independent runs, several at the same time, each on one thread with a trainer of its own. What comes back is in the order of the
/// recipes and does not depend on the number of threads.
/// </summary>
/// <example>
/// <code>
/// RunRecipe[] recipes = [.. from spread in new[] { 4.0, 6, 8 } from recipe in RunBatch.OverSeeds(new RunRecipe { Spread = spread }, 10) select recipe];
/// RecordedRun[] runs = RunBatch.Execute(recipes, Environment.ProcessorCount);
/// </code>
/// </example>
public static class RunBatch
{
    /// <summary>Trains all runs, each in its precision.</summary>
    /// <param name="runs">What to train; the longest should come first, so that no thread is left alone with it at the end.</param>
    /// <param name="threads">How many at the same time, 1 or more.</param>
    /// <param name="progress">Receives the share of the work that is done, from 0 to 1, from any thread; null for none.</param>
    /// <param name="cancellation">Ends the work; then nothing comes back.</param>
    /// <returns>What was recorded, one for each recipe. Runs that diverged are among them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is below 1.</exception>
    /// <exception cref="RecipeException">A recipe is refused.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static RecordedRun[] Execute(
        IReadOnlyList<RunRecipe> runs, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
        => Execute(runs, threads, (recipe, own) => Runner.Execute(recipe, null, own, cancellation), progress, cancellation);

    /// <summary>The same with runs that somebody watches.</summary>
    internal static RecordedRun[] Execute(
        IReadOnlyList<RunRecipe> runs, int threads, Func<RunRecipe, IProgress<int>?, RecordedRun> execute, IProgress<double>? progress, CancellationToken cancellation)
        => Execute(runs, threads, execute, (_, run) => run, progress, cancellation);

    /// <summary>The same, and of each run no more is kept than what is taken of it as it ends, on the thread that trained it.</summary>
    internal static TResult[] Execute<TResult>(
        IReadOnlyList<RunRecipe> runs,
        int threads,
        Func<RunRecipe, IProgress<int>?, RecordedRun> execute,
        Func<int, RecordedRun, TResult> take,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Guard.AtLeast(threads, 1);
        TResult[] results = new TResult[runs.Count];
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
                    RecordedRun run = execute(runs[i], own);
                    if (run.Failure is { } failure)
                    {
                        ExceptionDispatchInfo.Throw(failure);
                    }

                    if (run.Outcome.Status == TrainingStatus.Cancelled)
                    {
                        throw new OperationCanceledException(cancellation);
                    }

                    results[i] = take(i, run);
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

    /// <summary>Returns the recipes of a sweep over seeds: the seed of the recipe, the next one, and so on.</summary>
    /// <param name="recipe">The first recipe.</param>
    /// <param name="seeds">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of seeds is below 1.</exception>
    /// <exception cref="RecipeException">The last seed would be beyond 2⁶⁴ − 1.</exception>
    public static IReadOnlyList<RunRecipe> OverSeeds(RunRecipe recipe, int seeds)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        Guard.AtLeast(seeds, 1);
        ulong most = ulong.MaxValue - (ulong)(seeds - 1);
        return recipe.Seed <= most
            ? [.. Enumerable.Range(0, seeds).Select(i => recipe with { Seed = recipe.Seed + (ulong)i })]
            : throw RecipeException.Of("--seed", Texts.Of(recipe.Seed), $"a whole number from 0 to {Texts.Of(most)}, as {seeds} seeds follow each other");
    }
}
