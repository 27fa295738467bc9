using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>The work that benchmarks declare with <see cref="WorkAttribute"/>, divided by their mean time.</summary>
internal sealed class RateColumn(WorkUnit unit) : IColumn
{
    public string Id => $"{nameof(RateColumn)}.{unit}";

    public string ColumnName => unit switch
    {
        WorkUnit.Flop => "GFLOP/s",
        WorkUnit.Number => "Mnumbers/s",
        _ => "GB/s",
    };

    public string Legend => unit switch
    {
        WorkUnit.Flop => "10⁹ additions and multiplications a second, counting those that the result needs",
        WorkUnit.Number => "10⁶ random numbers a second",
        _ => "10⁹ bytes of stored measurements a second, counted once however often they are read",
    };

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => (int)unit;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => Find(benchmark) is not null);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (Find(benchmarkCase) is not { } work || summary[benchmarkCase]?.ResultStatistics is not { } statistics)
        {
            return "-";
        }

        // An amount a nanosecond is 10⁹ a second; numbers are shown in millions.
        double rate = Amount(benchmarkCase, work) / statistics.Mean * (unit == WorkUnit.Number ? 1000 : 1);
        return rate.ToString(rate < 10 ? "F2" : rate < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
    }

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

    private WorkAttribute? Find(BenchmarkCase benchmarkCase)
        => benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>() is { } work && work.Unit == unit ? work : null;
}
