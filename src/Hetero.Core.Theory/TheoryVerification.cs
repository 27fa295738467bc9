using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Hetero.Core.Theory;

/// <summary>Runs checks on drawn instances, the library's and your own: the work of <c>hetero verify</c>.</summary>
/// <remarks>Thread-safe: no state.</remarks>
public static class TheoryVerification
{
    /// <summary>Runs the series of every check, as many checks at the same time as there are cores. What is found does not depend on the cores.</summary>
    /// <param name="checks">The checks, of different ids: <see cref="TheoryCatalog.All"/>, or a list with your own.</param>
    /// <param name="seed">The seed of the instances.</param>
    /// <param name="trials">The number of instances of every check, 1 or more; null for each check's own.</param>
    /// <param name="progress">Is told how many checks are done, from any thread.</param>
    /// <param name="cancellation">Ends the work between two instances; it is no error: what is finished comes back.</param>
    /// <returns>The findings in the order of the checks, without those that were not finished.</returns>
    /// <exception cref="ArgumentException">An entry is null, or two have the same id.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of trials is below 1.</exception>
    /// <exception cref="TheoryVerificationException">A check broke off, cannot take an instance of its own, or returned no result of its id. The
    /// findings of the others are in the exception.</exception>
    public static IReadOnlyList<TheoryFinding> Run(
        IReadOnlyList<TheoryCheck> checks, ulong seed, int? trials = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<TheoryOutcome> outcomes = RunEach(checks, seed, null, trials, progress, cancellation);
        return outcomes.Any(outcome => outcome.Failure is not null)
            ? throw new TheoryVerificationException(outcomes)
            : [.. outcomes.Select(outcome => outcome.Finding).OfType<TheoryFinding>()];
    }

    /// <summary>The same with an outcome for every check: no check that breaks off takes another one along. With values of your own, if you like.</summary>
    /// <param name="checks">The checks, of different ids.</param>
    /// <param name="seed">The seed of the instances.</param>
    /// <param name="choice">Sets values of your own, as in <see cref="TheoryCheck.RunChosen"/>; null for each check's own instances.</param>
    /// <param name="trials">The number of instances of every check, 1 or more; null for each check's own.</param>
    /// <param name="progress">Is told how many checks are done, from any thread.</param>
    /// <param name="cancellation">Ends the work between two instances; it is no error: what is finished comes back.</param>
    /// <returns>The outcomes in the order of the checks, without those that were not finished.</returns>
    /// <exception cref="ArgumentException">An entry is null, or two have the same id.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of trials is below 1.</exception>
    public static IReadOnlyList<TheoryOutcome> RunEach(
        IReadOnlyList<TheoryCheck> checks,
        ulong seed,
        Func<TheoryInstance, TheoryInstance>? choice = null,
        int? trials = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checks);
        Guard.AtLeast(trials ?? 1, 1, nameof(trials));
        CheckIds(checks);
        TheoryOutcome?[] outcomes = new TheoryOutcome?[checks.Count];
        int done = 0;
        try
        {
            // Unbuffered: every core takes the next check when it is free, since checks differ much in length.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, outcomes.Length), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
                i =>
                {
                    outcomes[i] = RunOne(checks[i], seed, choice, trials, cancellation);
                    progress?.Report(Interlocked.Increment(ref done));
                });
        }
        catch (Exception exception) when (exception is AggregateException || (exception is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // What else an AggregateException holds is of the receiver of progress: a check's exceptions are its outcome.
            Exception? other = (exception as AggregateException)?.InnerExceptions.FirstOrDefault(
                inner => inner is not OperationCanceledException || !cancellation.IsCancellationRequested);
            if (other is not null)
            {
                ExceptionDispatchInfo.Throw(other);
            }
        }

        return [.. outcomes.OfType<TheoryOutcome>()];
    }

    private static TheoryOutcome RunOne(
        TheoryCheck check, ulong seed, Func<TheoryInstance, TheoryInstance>? choice, int? trials, CancellationToken cancellation)
    {
        try
        {
            if (choice is null)
            {
                return new TheoryOutcome(check, new TheoryFinding(check, check.Run(seed, trials, cancellation), isChosen: false), null, null);
            }

            (CheckResult? result, ArgumentException? refusal) = check.RunSeries(seed, choice, trials, cancellation);
            return new TheoryOutcome(check, result is null ? null : new TheoryFinding(check, result, isChosen: true), refusal, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Whatever it is, a check may be of anybody's, and the others are not to suffer from it.
            return new TheoryOutcome(check, null, null, exception);
        }
    }

    private static void CheckIds(IReadOnlyList<TheoryCheck> checks)
    {
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        foreach (TheoryCheck check in checks)
        {
            if (check is null || !ids.Add(check.Id))
            {
                throw new ArgumentException(
                    $"'{nameof(checks)}' holds {(check is null ? "null" : $"two checks of the id '{check.Id}'")}; accepted are checks of different ids.",
                    nameof(checks));
            }
        }
    }
}
