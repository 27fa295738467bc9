using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using Hetero.Core.Benchmarks.Rates;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>What all suites have in common: the jobs, the memory column and the rates.</summary>
internal static class SuiteConfig
{
    /// <summary>Creates the configuration.</summary>
    /// <param name="length">How long the jobs measure.</param>
    /// <param name="artifacts">The directory for logs and tables.</param>
    public static IConfig Create(JobLength length, string artifacts)
    {
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddColumn([.. Enum.GetValues<WorkUnit>().Select(unit => new RateColumn(unit))])
            .AddColumn(new ShareColumn())
            .HideColumns("Toolchain", "EnvironmentVariables", "IterationCount", "IterationTime", "LaunchCount", "WarmupCount", "Alloc Ratio")
            .WithSummaryStyle(SummaryStyle.Default.WithRatioStyle(RatioStyle.Trend))
            .WithArtifactsPath(artifacts)
            .WithBuildTimeout(TimeSpan.FromMinutes(10));
        if (length != JobLength.Short)
        {
            // What the measurement itself allocates disappears only among many calls; short jobs would show it as a few bytes.
            config.AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)));
        }

        foreach (Job job in InstructionSets.Jobs())
        {
            config.AddJob(job.With(length));
        }

        return config;
    }
}
