using System.Globalization;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>Jobs of each length.</summary>
internal static class JobLengths
{
    private const int ShortIterations = 7;
    private const int ShortMilliseconds = 80;

    /// <summary>Gets what a table of short jobs says about itself.</summary>
    public static string ShortDescription { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"short jobs: {ShortIterations} iterations of {ShortMilliseconds} ms, loops compiled fully at once, everything else after 30 calls, without profiles");

    /// <summary>Returns the job with a length.</summary>
    public static Job With(this Job job, JobLength length) => length switch
    {
        JobLength.Short => Shorten(job, 3, ShortIterations, ShortMilliseconds)

            // The last tier of compilation must be there before the first iteration, also for methods that take as long as one: those with
            // loops skip the tiers, the others (and the framework's, which come compiled for any processor) are replaced after 30 calls at
            // once instead of after a quiet 100 ms, and need not run instrumented before.
            .WithEnvironmentVariable("DOTNET_TC_QuickJitForLoops", "0")
            .WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0")
            .WithEnvironmentVariable("DOTNET_TieredPGO", "0"),

        // A few milliseconds are over before the runtime replaces its first, slow compilation, and most competitors would be measured in that.
        // Without tiers every method is compiled well at once; what a full run gains by profiles is lost.
        JobLength.Quick => Shorten(job, 2, 3, 20).WithEnvironmentVariable("DOTNET_TieredCompilation", "0"),
        _ => job,
    };

    private static Job Shorten(Job job, int warmups, int iterations, double milliseconds) => job
        .WithLaunchCount(1)
        .WithWarmupCount(warmups)
        .WithIterationCount(iterations)
        .WithIterationTime(TimeInterval.FromMilliseconds(milliseconds));
}
