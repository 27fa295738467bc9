using System.Runtime.ExceptionServices;
using Hetero.Core;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// Trains the runs of a sweep, several at the same time, each on one thread, and keeps of each its <see cref="RunSummary"/> alone. With a <see cref="SweepLog"/>, runs that it has are not made
/// again, and the others are appended to it as they end: a sweep that was ended goes on where it was.
/// </summary>
/// <remarks>What comes back is in the order of the runs and depends neither on the number of threads nor on what was in the log before.</remarks>
public static class RecipeSweep
{
    /// <summary>Trains the runs of a grid.</summary>
    /// <param name="grid">What to train.</param>
    /// <param name="threads">How many runs at the same time, 1 or more.</param>
    /// <param name="log">Where rows are kept; null for nowhere.</param>
    /// <param name="progress">Receives the share of the work that is done, from 0 to 1, from any thread; null for none.</param>
    /// <param name="cancellation">Ends the work; runs that have ended are in the log.</param>
    /// <returns>What came of each run, in the order of <see cref="SweepGrid.Runs"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is below 1.</exception>
    /// <exception cref="RecipeException">The library refuses a recipe, or runs at the same time take more memory than one may.</exception>
    /// <exception cref="IOException">A row could not be written; those before it are kept.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static IReadOnlyList<RunSummary> Execute(
        SweepGrid grid, int threads, SweepLog? log = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Execute(grid.Runs, threads, grid.AverageFrom, log, null, progress, cancellation);
    }

    /// <summary>Trains recipes of one's own, such as those of a query.</summary>
    /// <param name="recipes">What to train.</param>
    /// <param name="threads">How many runs at the same time, 1 or more.</param>
    /// <param name="averageFrom">The share of the steps after which recorded rows count in the time averages, 0 to 1.</param>
    /// <param name="log">Where rows are kept; null for nowhere.</param>
    /// <param name="progress">Receives the share of the work that is done, from 0 to 1, from any thread; null for none.</param>
    /// <param name="cancellation">Ends the work; runs that have ended are in the log.</param>
    /// <returns>The recipes in their order, each with what came of it.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="RecipeException">A recipe is refused, or runs at the same time take more memory than one may.</exception>
    /// <exception cref="IOException">A row could not be written; those before it are kept.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static IReadOnlyList<SweepResult> Execute(
        IEnumerable<RunRecipe> recipes,
        int threads,
        double averageFrom = SweepGrid.SecondHalf,
        SweepLog? log = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        Guard.InRange(averageFrom, 0.0, 1.0);
        SweepRun[] runs = [.. recipes.Select((recipe, i) =>
        {
            Runner.Check(recipe);
            return new SweepRun(i, recipe with { Threads = 1 }, new RunIdentity(recipe, averageFrom).Of(recipe.Seed));
        })];
        IReadOnlyList<RunSummary> summaries = Execute(runs, threads, averageFrom, log, null, progress, cancellation);
        return [.. runs.Zip(summaries, (run, summary) => new SweepResult(run.Recipe, summary))];
    }

    /// <summary>Trains runs, and tells of each that it has ended.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="threads">How many at the same time.</param>
    /// <param name="averageFrom">The share of the steps that time averages leave out.</param>
    /// <param name="log">Where rows are kept; null for nowhere.</param>
    /// <param name="ended">Called for each run that was made, from any thread; null for nobody.</param>
    /// <param name="progress">Receives the share of the work of the runs to be made.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static IReadOnlyList<RunSummary> Execute(
        IReadOnlyList<SweepRun> runs, int threads, double averageFrom, SweepLog? log, Action? ended, IProgress<double>? progress, CancellationToken cancellation)
    {
        RunSummary?[] summaries = [.. runs.Select(run => log?.Find(run.Id))];

        // The longest first, or the last core works on it alone while the others have nothing left. The sort is stable.
        int[] missing = [.. Enumerable.Range(0, runs.Count).Where(i => summaries[i] is null).OrderByDescending(i => RunWork.Of(runs[i].Recipe))];
        SweepMemory.Check(missing.Select(i => runs[i]), threads);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? failure = null;
        try
        {
            RunBatch.Execute(
                [.. missing.Select(i => runs[i].Recipe)],
                threads,
                (recipe, own) => Guarded(() => Train(recipe, averageFrom, own, stop.Token)),
                (position, run) => Guarded(() => Keep(missing[position], run)),
                progress,
                stop.Token);
        }
        catch (Exception) when (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        log?.Flush();
        return summaries!;

        RunSummary Keep(int index, RecordedRun run)
        {
            RunSummary summary = RunSummary.Of(run, runs[index].Recipe, averageFrom);
            log?.Add(runs[index].Id, summary);
            summaries[index] = summary;
            ended?.Invoke();
            return summary;
        }

        // A disk that is full, or a run that cannot be made, is not to cost hours of the other runs that go on.
        TResult Guarded<TResult>(Func<TResult> work)
        {
            try
            {
                return work();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
                stop.Cancel();
                throw;
            }
        }
    }

    /// <summary>Trains a run; no rows are recorded that nothing is made of.</summary>
    internal static RecordedRun Train(RunRecipe recipe, double averageFrom, IProgress<int>? progress, CancellationToken cancellation)
    {
        int before = RunSummary.FirstStep(recipe, averageFrom) - 1;
        RecordedRun run = recipe.Precision == Precision.Single
            ? Runner.Create<float>(recipe, null, cancellation).Record(progress, before, cancellation: cancellation)
            : Runner.Create<double>(recipe, null, cancellation).Record(progress, before, cancellation: cancellation);
        if (run.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return run;
    }
}
