using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Jobs;
using Hetero.Core.Benchmarks.Setup;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>The ceilings of each job, measured when a table first asks, in a process with the job's environment.</summary>
internal static class JobCeilings
{
    private static readonly Dictionary<string, CeilingRates?> Known = [];

    /// <summary>Returns the ceilings of a job; null if its instruction set has none.</summary>
    public static CeilingRates? Of(Job job)
    {
        if (!Known.TryGetValue(job.Id, out CeilingRates? rates))
        {
            rates = Measure(job);
            Known.Add(job.Id, rates);
        }

        return rates;
    }

    /// <summary>Returns the ceilings of a job as text.</summary>
    public static string Describe(Job job) => Of(job) is { } rates
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Id} {rates.DoubleFlops / 1e9:0} GFLOP/s double, {rates.FloatFlops / 1e9:0} GFLOP/s float, {rates.ReadBytes / 1e9:0.0} GB/s")
        : $"{job.Id} none";

    private static CeilingRates? Measure(Job job)
    {
        // As the benchmarks' own processes: the instruction set is the job's, and one that did not take it fails.
        ProcessStartInfo start = SelfProcess.Create(
            [CeilingsCommand.Name], (job.Environment.EnvironmentVariables ?? []).Select(variable => (variable.Key, variable.Value)));
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<CeilingRates>(answer)
            : throw new InvalidOperationException($"The ceilings of {job.Id} could not be measured: exit code {process.ExitCode}.");
    }
}
