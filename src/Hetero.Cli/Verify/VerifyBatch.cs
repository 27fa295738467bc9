using System.Collections.Concurrent;
using Hetero.Cli.CommandLine;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>Runs checks, as many at the same time as there are cores. What comes back is in their order and does not depend on the cores.</summary>
internal static class VerifyBatch
{
    /// <summary>Runs all checks. If the wish to stop ends them, or some break off, what is finished comes back.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="progress">Receives the number of checks that are done.</param>
    /// <param name="cancellation">The wish to stop.</param>
    public static VerifyOutcome Execute(VerifyRequest request, IProgress<int>? progress, CancellationToken cancellation)
    {
        // A finding, a refusal or a sentence on a failure.
        object?[] results = new object?[request.Checks.Count];
        int done = 0;
        try
        {
            // Unbuffered: every core takes the next check when it is free, since checks differ much in length.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, results.Length), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
                i =>
                {
                    results[i] = Run(request.Checks[i], request, cancellation);
                    progress?.Report(Interlocked.Increment(ref done));
                });
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && exception is OperationCanceledException or AggregateException)
        {
        }

        return new VerifyOutcome([.. results.OfType<Finding>()], [.. results.OfType<Refusal>()], [.. results.OfType<string>()]);
    }

    private static object Run(TheoryCheck check, VerifyRequest request, CancellationToken cancellation)
    {
        try
        {
            return request.Chosen is { } chosen
                ? new Finding(check, check.RunChosen(request.Seed, chosen.Apply, request.Trials, cancellation), IsChosen: true)
                : new Finding(check, check.Run(request.Seed, request.Trials, cancellation));
        }
        catch (ArgumentException exception) when (request.Chosen is not null)
        {
            return Refusal.Of(check, request.Chosen, request.Seed, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, the other checks are not to suffer from it. An instance that a check cannot take is the check's mistake and not the user's.
            return exception is ArgumentException argument
                ? $"{check.Id} refused an instance of its own: {ArgumentText.Of(argument).TrimEnd('.')}."
                : $"{check.Id} broke off: {exception.Message.TrimEnd('.')}.";
        }
    }
}
