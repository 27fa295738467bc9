using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using Hetero.Core.Benchmarks.Rates;
using Perfolizer.Horology;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>What all suites have in common: the jobs, the memory column and the rates.</summary>
internal static class SuiteConfig
{
    /// <summary>Creates the configuration.</summary>
    /// <param name="isQuick">Few and short iterations: enough to see that everything runs, too few to quote.</param>
    /// <param name="artifacts">The directory for logs and tables.</param>
    public static IConfig Create(bool isQuick, string artifacts)
    {
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
            .AddColumn([.. Enum.GetValues<WorkUnit>().Select(unit => new RateColumn(unit))])
            .HideColumns("Toolchain", "EnvironmentVariables", "IterationCount", "IterationTime", "LaunchCount", "WarmupCount", "Alloc Ratio")
            .WithSummaryStyle(SummaryStyle.Default.WithRatioStyle(RatioStyle.Trend))
            .WithArtifactsPath(artifacts)
            .WithBuildTimeout(TimeSpan.FromMinutes(10));
        foreach (Job job in InstructionSets.Jobs())
        {
            config.AddJob(isQuick ? Shorten(job) : job);
        }

        return config;
    }

    // A few milliseconds are over before the runtime replaces its first, slow compilation, and most competitors would be measured in that.
    // Without tiers every method is compiled well at once; what a full run gains by profiles is lost.
    private static Job Shorten(Job job) => job
        .WithLaunchCount(1)
        .WithWarmupCount(2)
        .WithIterationCount(3)
        .WithIterationTime(TimeInterval.FromMilliseconds(20))
        .WithEnvironmentVariable("DOTNET_TieredCompilation", "0");
}
