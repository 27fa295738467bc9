using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using Hetero.Core.Benchmarks.Rates;
using Perfolizer.Horology;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>What all suites have in common: the jobs, the memory column and the rates.</summary>
internal static class SuiteConfig
{
    /// <summary>Creates the configuration.</summary>
    /// <param name="isQuick">Few and short iterations: enough to see that everything runs, too few to quote.</param>
    public static IConfig Create(bool isQuick)
    {
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
            .AddColumn([.. Enum.GetValues<WorkUnit>().Select(unit => new RateColumn(unit))])
            .HideColumns("Toolchain", "EnvironmentVariables", "IterationCount", "IterationTime", "LaunchCount", "WarmupCount")
            .WithBuildTimeout(TimeSpan.FromMinutes(10));
        foreach (Job job in InstructionSets.Jobs())
        {
            config.AddJob(isQuick ? Shorten(job) : job);
        }

        return config;
    }

    private static Job Shorten(Job job) => job
        .WithLaunchCount(1)
        .WithWarmupCount(1)
        .WithIterationCount(3)
        .WithIterationTime(TimeInterval.FromMilliseconds(20));
}
