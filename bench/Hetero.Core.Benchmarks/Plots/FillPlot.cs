using System.Numerics;
using Hetero.Charts;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Cases;
using Hetero.Core.Random;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>Gaussian numbers into a warm buffer on one thread. There is no ceiling: how much arithmetic a number needs is a choice.</summary>
internal sealed class FillPlot : IPlot
{
    private const string Ours = "Hetero.Core";

    // Below a thousand numbers a call through Python takes as long as the numbers.
    private const int LeastOfPeers = 1000;

    private static readonly (string Series, string Case)[] Peers = [("NumPy", "numpy"), ("PyTorch", "torch")];

    private static readonly int[] Counts = [10, 33, 100, 333, 1000, 3333, 5050, 10_000, 33_333, 100_000, 333_333, 1_000_000, 3_333_333, 10_000_000];

    public string Name => "performance-fill";

    public string Unit => "Mnumbers/s";

    public double UnitWork => 1e6;

    public IReadOnlyList<PlotCase> Create(PeerContext context) => [.. Create<double>(context), .. Create<float>(context)];

    public Chart Draw(IReadOnlyList<PlotCurve> curves, string where) => new(
        "Gaussian numbers into a warm buffer, one thread",
        [.. new[] { Precision.Name<double>(), Precision.Name<float>() }.Select(panel => CreatePanel(panel, curves))])
    {
        Subtitle = "Axes from 0; no ceiling is known",
        Caption = where,
        Width = 1100,
        SharedLegend = true,
    };

    private static Panel CreatePanel(string panel, IReadOnlyList<PlotCurve> curves) => new(
        panel,
        Axis.Log("numbers in a call").From(Counts[0], Counts[^1]),
        Axis.Linear("10⁶ numbers a second") with { Minimum = 0 },
        [
            .. Peers.Select(peer => peer.Series).Prepend(Ours).Select((series, slot) => CurveSeries.Of(
                curves.FirstOrDefault(curve => curve.Panel == panel && curve.Series == series) ?? new(panel, series), slot)),
        ]);

    private static List<PlotCase> Create<T>(PeerContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string precision = Precision.Name<T>();
        T[] buffer = new T[Counts[^1]];
        RandomStream stream = new(1, StreamPurpose.User);
        List<PlotCase> cases = [];
        HashSet<string> missing = [];
        foreach (int count in Counts)
        {
            PlotCase one = new(count);
            one.Add(precision, Ours, one.Contenders.Add(() => stream.FillGaussian(0, buffer.AsSpan(0, count)), count));
            foreach ((string series, string name) in Peers)
            {
                if (count >= LeastOfPeers && !missing.Contains(series))
                {
                    IContender? peer = one.Contenders.Add(
                        context, "fill", $"{name}-{precision} {count}", count, answer => FillCases.Check(one.Contenders, $"{series} {precision}", count, answer));
                    one.Add(precision, series, peer);
                    _ = peer is null && missing.Add(series);
                }
            }

            cases.Add(one);
        }

        return cases;
    }
}
