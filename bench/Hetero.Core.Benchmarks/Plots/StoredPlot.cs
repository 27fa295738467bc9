using System.Globalization;
using System.Numerics;
using Hetero.Charts;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Sensing;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>
/// A pass over stored measurements, d = 100, on one thread against merely reading as many bytes: from what the second-level cache holds to memory.
/// </summary>
internal sealed class StoredPlot : IPlot
{
    private const int Dimension = 100;
    private const string Rate = "rate";
    private const string Float = "pass, float";
    private const string Double = "pass, double";
    private const string Reading = "reading the same bytes";
    private const double Megabyte = 1e6;

    // Numbers of floats' samples; half as many doubles take the same bytes.
    private static readonly int[] Samples = [26, 40, 50, 100, 200, 400, 800, 1200, 1600, 2400, 4000, 8000, 16_000];

    public string Name => "performance-stored";

    public string Unit => "GB/s";

    public double UnitWork => 1e9;

    public IReadOnlyList<PlotCase> Create(PeerContext context)
    {
        int length = Svec.Length(Dimension);
        float[] buffer = TestData.Create<float>(0, Samples[^1] * length);
        List<PlotCase> cases = [];
        foreach (int samples in Samples)
        {
            ReadCeiling reading = new(buffer.AsMemory(0, samples * length), null);
            PlotCase one = new(reading.Bytes / Megabyte);
            one.Add(Rate, Float, one.Contenders.Add(Pass<float>(samples), reading.Bytes));
            one.Add(Rate, Double, one.Contenders.Add(Pass<double>(samples / 2), reading.Bytes));
            one.Add(Rate, Reading, one.Contenders.Add(() => reading.Run(), reading.Bytes));
            cases.Add(one);
        }

        return cases;
    }

    public Chart Draw(IReadOnlyList<PlotCurve> curves, string where)
    {
        PlotCurve reading = curves.Single(curve => curve.Series == Reading);
        PlotCurve[] passes = [.. new[] { Float, Double }.Select(series => curves.Single(curve => curve.Series == series))];
        double top = reading.Best.Max();
        Axis sizes = Axis.Log("m·p numbers").From(reading.Sizes[0], reading.Sizes[^1]) with { Unit = "MB" };
        ReferenceLine[] caches = [.. Caches(reading)];
        return new Chart(
            $"A pass over m stored measurements, d = {Dimension}, one thread",
            [
                new Panel(
                    $"rate, top edge {top.ToString("0", CultureInfo.InvariantCulture)} GB/s",
                    sizes,
                    Axis.Linear("GB/s").From(0, top),
                    [.. passes.Select((curve, slot) => CurveSeries.Of(curve, slot)), CurveSeries.Of(reading, 2)])
                {
                    ReferenceLines = caches,
                },
                new Panel(
                    "share of the reading rate at the same size",
                    sizes,
                    Axis.Linear("share").From(0, 1),
                    [.. passes.Select((curve, slot) => new LineSeries(curve.Series, slot, curve.Sizes, [.. curve.Best.Zip(reading.Best, (ours, most) => ours / most)]))])
                {
                    ReferenceLines = caches,
                },
            ])
        {
            Subtitle = "The top edge is the ceiling. Left: the fastest reading, from the cache. Right: reading as many bytes, from wherever they lie",
            Caption = "Each byte counts once. " + where,
            Width = 1100,
            SharedLegend = true,
        };
    }

    private static IEnumerable<ReferenceLine> Caches(PlotCurve reading)
    {
        foreach (int level in new[] { 2, 3 })
        {
            if (Machine.CacheBytes(level) / Megabyte is { } size && size > reading.Sizes[0] && size < reading.Sizes[^1])
            {
                yield return ReferenceLine.Vertical(size, $"L{level.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }

    private static Action Pass<T>(int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = Svec.Length(Dimension);
        StoredMeasurements<T> source = new(Dimension, TestData.Create<T>(0, samples * length), 1);
        T[] residual = TestData.Create<T>((uint)(samples * length), length), gradient = new T[length];
        return () =>
        {
            SampleGroup<T> group = new() { Step = 0, Count = samples, Scale = 1.0 / samples };
            Array.Clear(gradient);
            source.Accumulate(in group, residual, gradient);
        };
    }
}
