using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>Runs checks, as many at the same time as there are cores. What comes back is in their order and does not depend on the cores.</summary>
internal static class VerifyBatch
{
    /// <summary>Runs all checks. If the wish to stop ends them, what is finished comes back.</summary>
    public static IReadOnlyList<Finding> Execute(VerifyRequest request, IProgress<int>? progress, CancellationToken cancellation)
    {
        Finding?[] findings = new Finding?[request.Checks.Count];
        int done = 0;
        try
        {
            // Unbuffered: every core takes the next check when it is free, since checks differ much in length.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, findings.Length), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
                i =>
                {
                    findings[i] = Run(request.Checks[i], request, cancellation);
                    progress?.Report(Interlocked.Increment(ref done));
                });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (AggregateException exception)
        {
            Exception? other = exception.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException);
            if (other is not null)
            {
                ExceptionDispatchInfo.Throw(other);
            }
        }

        return [.. findings.OfType<Finding>()];
    }

    private static Finding Run(TheoryCheck check, VerifyRequest request, CancellationToken cancellation)
    {
        try
        {
            return new Finding(check, check.Run(request.Seed, request.Trials, cancellation));
        }
        catch (ArgumentException exception)
        {
            // An instance that a check cannot take is the check's mistake and not the command line's.
            throw new FailedException($"{check.Id} refused an instance of its own: {exception.Message}");
        }
    }
}
