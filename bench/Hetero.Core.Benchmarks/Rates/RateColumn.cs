using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>The rates of one unit.</summary>
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

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => WorkRate.Unit(benchmark) == unit);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (WorkRate.Unit(benchmarkCase) != unit || WorkRate.PerSecond(summary, benchmarkCase) is not { } work)
        {
            return "-";
        }

        double rate = work / (unit == WorkUnit.Number ? 1e6 : 1e9);
        return rate.ToString(rate < 10 ? "F2" : rate < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
    }
}
