using System.Globalization;
using System.Numerics;
using Hetero.Charts;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Cases;
using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Benchmarks.Plain;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>n×n products on one thread against OpenBLAS and a plain loop, below the rate of multiply-adds in registers.</summary>
internal sealed class ProductPlot : IPlot
{
    private const string Ours = "Hetero.Core";
    private const string OpenBlas = "OpenBLAS";
    private const string Loop = "plain loop";
    private const string Ceiling = "multiply-adds in registers";

    // A plain loop over more takes longer than all the others together.
    private const int LargestLoop = 333;

    // Below that a call through Python takes longer than the product, and subtracting it leaves little but noise.
    private const int LeastOfPeers = 32;

    // Multiples of the tiles and of registers, and what lies between them; 512 and 1024 put rows into the same cache sets.
    private static readonly int[] Sizes =
        [8, 16, 24, 32, 40, 48, 64, 80, 96, 100, 128, 160, 200, 256, 333, 400, 500, 512, 640, 768, 800, 1000, 1024, 1200];

    private readonly bool _isGram;

    private ProductPlot(bool isGram) => _isGram = isGram;

    /// <summary>Gets A·B.</summary>
    public static ProductPlot Multiply { get; } = new(isGram: false);

    /// <summary>Gets A·Aᵀ.</summary>
    public static ProductPlot Gram { get; } = new(isGram: true);

    public string Name => _isGram ? "performance-gram" : "performance-gemm";

    public string Unit => "GFLOP/s";

    public double UnitWork => 1e9;

    public IReadOnlyList<PlotCase> Create(PeerContext context) => [.. Create<double>(context), .. Create<float>(context)];

    public Chart Draw(IReadOnlyList<PlotCurve> curves, string where) => new(
        _isGram ? "A·Aᵀ of n×n matrices, one thread" : "A·B of n×n matrices, one thread",
        [.. new[] { Precision.Name<double>(), Precision.Name<float>() }.Select(panel => CreatePanel(panel, curves))])
    {
        Subtitle = "The top edge is the ceiling: the rate of independent multiply-adds in registers, measured in the same rounds",
        Caption = (_isGram
                ? "n²(n + 1) operations, those of a symmetric result. OpenBLAS (syrk) writes one triangle, the others both. "
                : "2n³ operations. ")
            + $"OpenBLAS from n = {LeastOfPeers}: below, a call through Python takes longer. {where}",
        Width = 1100,
        SharedLegend = true,
    };

    private static Panel CreatePanel(string panel, IReadOnlyList<PlotCurve> curves)
    {
        PlotCurve Find(string series) => curves.FirstOrDefault(curve => curve.Panel == panel && curve.Series == series) ?? new(panel, series);

        double top = Find(Ceiling).Best.Max();
        return new Panel(
            $"{panel}, top edge {top.ToString("0", CultureInfo.InvariantCulture)} GFLOP/s",
            Axis.Log("n").From(Sizes[0], Sizes[^1]),
            Axis.Linear("GFLOP/s").From(0, top),
            [.. new[] { Ours, OpenBlas, Loop }.Select((series, slot) => CurveSeries.Of(Find(series), slot))]);
    }

    private List<PlotCase> Create<T>(PeerContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int largest = Sizes[^1];
        string precision = Precision.Name<T>();
        T[] left = TestData.Create<T>(0, largest * largest), product = new T[largest * largest];
        T[] scratch = new T[Sizes.Max(n => Math.Max(Products.GetMultiplyScratchLength<T>(n, n, n), Products.GetGramScratchLength<T>(n, n)))];
        List<PlotCase> cases = [];
        bool hasPeer = true;
        foreach (int n in Sizes)
        {
            // The left factor is the same for all sizes; the right one follows it in the sequence, as in gemm.py.
            T[] right = _isGram ? [] : TestData.Create<T>((uint)(n * n), n * n);
            double flops = _isGram ? (double)n * n * (n + 1) : 2.0 * n * n * n;
            void Run()
            {
                MatrixSpan<T> result = new(product.AsSpan(0, n * n), n, n);
                ReadOnlyMatrixSpan<T> first = new(left.AsSpan(0, n * n), n, n);
                if (_isGram)
                {
                    Products.Gram(first, scratch, result);
                }
                else
                {
                    Products.Multiply(first, new ReadOnlyMatrixSpan<T>(right, n, n), scratch, result);
                }
            }

            PlotCase one = new(n);
            one.Add(precision, Ours, one.Contenders.Add(Run, flops));
            if (hasPeer && n >= LeastOfPeers)
            {
                Run();
                T[] values = product[..(n * n)];
                double[] fingerprint = _isGram ? GramCases.FingerprintOfTriangle(values, n) : TestData.Fingerprint<T>(values);
                IContender? peer = one.Contenders.Add(
                    context,
                    _isGram ? "syrk" : "gemm",
                    _isGram ? $"{precision} {n} {n}" : $"{precision} {n}",
                    flops,
                    answer => one.Contenders.RequireSame($"{Name} {precision} {n}", fingerprint, answer, Precision.Tolerance<T>()));
                one.Add(precision, OpenBlas, peer);
                hasPeer = peer is not null;
            }

            if (n <= LargestLoop)
            {
                one.Add(precision, Loop, one.Contenders.Add(() => RunLoop(n, left.AsSpan(0, n * n), right, product.AsSpan(0, n * n)), flops));
            }

            one.Add(precision, Ceiling, one.Contenders.Add(() => FmaCeiling.Run<T>(), FmaCeiling.Flops<T>()));
            cases.Add(one);
        }

        return cases;
    }

    private void RunLoop<T>(int n, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_isGram)
        {
            LoopProducts.Gram(n, left, product);
        }
        else
        {
            LoopProducts.Multiply(n, left, right, product);
        }
    }
}
