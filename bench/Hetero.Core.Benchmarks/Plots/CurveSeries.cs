using Hetero.Charts;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>A curve as a line of the chart.</summary>
internal static class CurveSeries
{
    public static LineSeries Of(PlotCurve curve, int slot, string? name = null) => new(name ?? curve.Series, slot, curve.Sizes, curve.Best);
}
