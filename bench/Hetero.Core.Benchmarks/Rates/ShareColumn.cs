using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>A rate as a share of what the job's instruction set can do: multiply-adds in registers, or reading from memory.</summary>
internal sealed class ShareColumn : IColumn
{
    public string Id => nameof(ShareColumn);

    public string ColumnName => "Share";

    public string Legend
        => "of the ceiling that was measured with the same instruction set: multiply-adds in registers for GFLOP/s, reading from memory for GB/s";

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => Enum.GetValues<WorkUnit>().Length;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <summary>Returns whether a table has rates with a ceiling.</summary>
    public static bool IsIn(Summary summary)
        => summary.BenchmarksCases.Any(benchmark => WorkRate.Unit(benchmark) is WorkUnit.Flop or WorkUnit.Byte);

    public bool IsAvailable(Summary summary) => IsIn(summary);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        => WorkRate.PerSecond(summary, benchmarkCase) is { } rate && Ceiling(benchmarkCase) is { } ceiling
            ? $"{(rate / ceiling * 100).ToString("0", CultureInfo.InvariantCulture)} %"
            : "-";

    private static double? Ceiling(BenchmarkCase benchmarkCase) => WorkRate.Unit(benchmarkCase) switch
    {
        // Suites that count operations are generic in the element.
        WorkUnit.Flop when benchmarkCase.Descriptor.Type.GetGenericArguments() is [var element]
            => element == typeof(float) ? JobCeilings.Of(benchmarkCase.Job)?.FloatFlops : JobCeilings.Of(benchmarkCase.Job)?.DoubleFlops,
        WorkUnit.Byte => JobCeilings.Of(benchmarkCase.Job)?.ReadBytes,
        _ => null,
    };
}
