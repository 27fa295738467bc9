using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Hetero.Core.Theory;

/// <summary>Runs checks on drawn instances, the library's and your own: the work of <c>hetero verify</c>.</summary>
/// <remarks>Thread-safe: no state.</remarks>
public static class TheoryVerification
{
    /// <summary>Runs the series of every check, as many checks at the same time as there are cores. What is found does not depend on the cores.</summary>
    /// <param name="checks">The checks, of different ids: <see cref="TheoryChecks.All"/>, or a list with your own.</param>
    /// <param name="seed">The seed of the instances.</param>
    /// <param name="trials">The number of instances of every check, 1 or more; null for each check's own.</param>
    /// <param name="progress">Is told how many checks are done, from any thread.</param>
    /// <param name="cancellation">Ends the work between two instances; it is no error: what is finished comes back.</param>
    /// <returns>The findings in the order of the checks, without those that were not finished.</returns>
    /// <exception cref="ArgumentException">An entry is null, or two have the same id.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of trials is below 1.</exception>
    /// <exception cref="InvalidOperationException">A check cannot take an instance of its own, or returned no result of its id.</exception>
    public static IReadOnlyList<TheoryFinding> Run(
        IReadOnlyList<TheoryCheck> checks, ulong seed, int? trials = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checks);
        Guard.AtLeast(trials ?? 1, 1, nameof(trials));
        CheckIds(checks);
        TheoryFinding?[] findings = new TheoryFinding?[checks.Count];
        int done = 0;
        try
        {
            // Unbuffered: every core takes the next check when it is free, since checks differ much in length.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, findings.Length), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
                i =>
                {
                    findings[i] = Run(checks[i], seed, trials, cancellation);
                    progress?.Report(Interlocked.Increment(ref done));
                });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (AggregateException exception)
        {
            // A check may give up by an OperationCanceledException of its own, which is no wish to stop.
            Exception? other = exception.InnerExceptions.FirstOrDefault(
                inner => inner is not OperationCanceledException || !cancellation.IsCancellationRequested);
            if (other is not null)
            {
                ExceptionDispatchInfo.Throw(other);
            }
        }

        return [.. findings.OfType<TheoryFinding>()];
    }

    private static TheoryFinding Run(TheoryCheck check, ulong seed, int? trials, CancellationToken cancellation)
    {
        try
        {
            return new TheoryFinding(check, check.Run(seed, trials, cancellation));
        }
        catch (ArgumentException exception)
        {
            // The caller's arguments are fine: an instance that a check cannot take is the check's mistake.
            throw new InvalidOperationException($"{check.Id} refused an instance of its own: {exception.Message}", exception);
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
                    $"'{nameof(checks)}' holds {(check is null ? "null" : $"two checks of the id '{check.Id}'")}; accepted are checks of different ids.", nameof(checks));
            }
        }
    }
}
