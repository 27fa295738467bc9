using System.Collections.Concurrent;
using System.Globalization;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The toy experiment of Shape Matters (HaoChen, Wei, Lee, Ma, 2021): sparse regression by v⊙v with fewer samples than coordinates. Label noise finds the sparse truth from any start; gradient
/// descent, spherical and mini-batch noise end at dense solutions.
/// </summary>
/// <param name="dimension">d.</param>
/// <param name="sparsity">r.</param>
/// <param name="samples">n.</param>
/// <param name="steps">The number of steps, a multiple of 60; spherical noise makes four times as many.</param>
internal sealed class ShapeMatters(int dimension, int sparsity, int samples, int steps) : Figure<ShapeRun[][]>
{
    /// <summary>The number of distances in a run beside that of the start.</summary>
    internal const int Parts = 60;

    private const int FewestSeeds = 9;
    private const int SeedsForOne = 20;

    internal static readonly ShapeMethod[] Methods =
    [
        new("label-noise", "label noise on one sample") { Decays = true, LabelNoise = new LabelNoise { Deviation = 1, IsOnOneSample = true } },
        new("label-noise-sgd", "one-sample SGD with label noise") { Decays = true, LabelNoise = new LabelNoise { Deviation = 1 }, IsOneSample = true },
        new("gd", "gradient descent"),
        new("gd-small-start", "gradient descent, τ = 0.01") { Scale = 0.01 },
        new("spherical", "spherical noise, σ = 0.01") { Spherical = 0.01, Length = 4 },
        new("mini-batch", "mini-batch noise") { MiniBatchFactor = 1 },
        new("mini-batch-half-step", "mini-batch noise, η = 0.005") { MiniBatchFactor = 1, StepSize = 0.005 },
    ];

    /// <summary>The figure, at the text's sizes.</summary>
    public ShapeMatters()
        : this(100, 5, 40, 300_000)
    {
    }

    internal int Dimension => dimension;

    internal int Sparsity => sparsity;

    internal int Samples => samples;

    internal int Steps => steps;

    public override string Name => "shape-matters";

    public override string Description => "label noise finds the sparse truth by v⊙v, other noise and gradient descent do not (Shape Matters; d = 100, r = 5, n = 40)";

    public override bool KeepsRuns => false;

    public override int LeastSeeds => 10 * SeedsForOne;

    // A run is 300,000 steps, and seeds agree within a few parts in ten: 10 of the 200 that figures have are enough.
    public override long SeedCount(int seeds) => Math.Min(seeds, Math.Max(FewestSeeds, seeds / SeedsForOne));

    public override (FigureNumbers Numbers, ShapeRun[][] Data) Compute(FigureRequest request)
    {
        ShapeRun[][] runs = Train(request);
        FigureNumbers numbers = new()
        {
            Table = CreateTable(runs, request.Seed),
            Verdicts = Judge([.. runs.Select(own => own.Select(run => run.Errors).ToArray())]),
            Constants =
            [
                ("dimension", dimension), ("sparsity", sparsity), ("samples", samples), ("steps", steps), ("seeds-used", runs[0].Length),
            ],
        };
        return (numbers, runs);
    }

    /// <summary>What must be seen, from the curves of each method and seed.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<double[][]> errors)
    {
        double[][] Of(string name) => errors[Array.FindIndex(Methods, method => method.Name == name)];
        double[] Last(string name) => [.. Of(name).Select(curve => curve[^1]).Order()];
        double Median(string name) => Quantiles.OfSorted(Last(name), 0.5);
        const string Measure = "‖v⊙v − w*‖², median over seeds";
        double[] full = Last("mini-batch"), half = Last("mini-batch-half-step");
        return
        [
            Verdict.Below($"label noise on one sample: {Measure}", Median("label-noise"), 0.01),
            Verdict.Below("label noise on one sample: the same, largest", Last("label-noise")[^1], 0.01),
            Verdict.Information(
                "label noise on one sample: the same at a third of the steps, median",
                Quantiles.OfSorted([.. Of("label-noise").Select(curve => curve[Parts / 3]).Order()], 0.5),
                "0.05 in another implementation"),
            Verdict.Below($"one-sample SGD with label noise: {Measure}", Median("label-noise-sgd"), 0.01),
            Verdict.Above($"gradient descent, τ = 1: {Measure}", Median("gd"), 40),
            Verdict.Below($"gradient descent, τ = 0.01: {Measure}", Median("gd-small-start"), 0.001),
            Verdict.Above($"spherical noise: {Measure}", Median("spherical"), 40),
            Verdict.Information(
                string.Create(CultureInfo.InvariantCulture, $"mini-batch noise, η = 0.01: runs of {full.Length} that overflow"),
                full.Count(double.IsPositiveInfinity),
                "some: two of nine in another implementation"),
            Verdict.Information($"mini-batch noise, η = 0.01: {Measure}, overflows as +∞", Quantiles.OfSorted(full, 0.5), "dense, or overflow"),
            Verdict.Above($"mini-batch noise, η = 0.005: {Measure}", Quantiles.OfSorted(half, 0.5), 1),
            Verdict.Information("mini-batch noise, η = 0.005: the same, smallest", half[0], "7 to 66 in another implementation"),
            Verdict.Information("mini-batch noise, η = 0.005: the same, largest", half[^1], "7 to 66 in another implementation"),
        ];
    }

    private ShapeRun[][] Train(FigureRequest request)
    {
        int seeds = (int)SeedCount(request.Seeds);
        ShapeRun[][] runs = [.. Methods.Select(_ => new ShapeRun[seeds])];
        double total = (double)steps * seeds * Methods.Sum(method => method.Length);
        long done = 0;

        // The longest first, or the last core works on it alone.
        (ShapeMethod Method, int Index, int Seed)[] work =
        [
            .. from pair in Methods.Select((method, index) => (method, index)).OrderByDescending(pair => pair.method.Length)
               from seed in Enumerable.Range(0, seeds)
               select (pair.method, pair.index, seed),
        ];
        Parallel.ForEach(
            Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering),
            request.Parallelism,
            item =>
            {
                ulong seed = request.Seed + (ulong)item.Seed;
                Trainer<double> trainer = item.Method.Create(ShapeRun.DataOf(seed, dimension, sparsity, samples), seed, steps);
                runs[item.Index][item.Seed] = ShapeRun.Execute(
                    trainer,
                    sparsity,
                    steps * item.Method.Length,
                    Parts,
                    made => request.Progress?.Report(Interlocked.Add(ref done, made) / total),
                    request.Cancellation);
            });
        return runs;
    }

    private CsvTable CreateTable(ShapeRun[][] runs, ulong firstSeed)
    {
        CsvTable table = new("method", "seed", "step", "squared_error");
        for (int method = 0; method < Methods.Length; method++)
        {
            for (int seed = 0; seed < runs[method].Length; seed++)
            {
                for (int part = 0; part <= Parts; part++)
                {
                    table.Add(
                        Methods[method].Name,
                        Texts.Of(firstSeed + (ulong)seed),
                        Texts.Of((long)part * steps * Methods[method].Length / Parts),
                        CsvTable.Cell(runs[method][seed].Errors[part]));
                }
            }
        }

        return table;
    }
}
