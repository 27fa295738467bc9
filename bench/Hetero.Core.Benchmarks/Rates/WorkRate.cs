using System.Reflection;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>The work that benchmarks declare with <see cref="WorkAttribute"/>, divided by their mean time.</summary>
internal static class WorkRate
{
    /// <summary>Returns what a benchmark's work is counted in; null if it declares none.</summary>
    public static WorkUnit? Unit(BenchmarkCase benchmarkCase) => Find(benchmarkCase)?.Unit;

    /// <summary>Returns the work a second; null if none is declared or the benchmark has no result.</summary>
    public static double? PerSecond(Summary summary, BenchmarkCase benchmarkCase)
        => Find(benchmarkCase) is { } work && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? Amount(benchmarkCase, work) / statistics.Mean * 1e9
            : null;

    private static WorkAttribute? Find(BenchmarkCase benchmarkCase) => benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>();

    private static double Amount(BenchmarkCase benchmarkCase, WorkAttribute work)
    {
        Type suite = benchmarkCase.Descriptor.Type;
        PropertyInfo property = suite.GetProperty(work.Property)
            ?? throw new InvalidOperationException($"{suite.Name} declares its work by '{work.Property}', but has no public property of that name.");
        object instance = Activator.CreateInstance(suite)!;
        foreach (ParameterInstance parameter in benchmarkCase.Parameters.Items)
        {
            suite.GetProperty(parameter.Name)?.SetValue(instance, parameter.Value);
        }

        return (double)property.GetValue(instance)!;
    }
}
