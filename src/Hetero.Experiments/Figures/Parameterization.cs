using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Whether over-parameterization is needed: HeteroSGD with UUᵀ of k = r1, r1 + r2, d/2 and d columns, and with A itself, over the mean and the half-width M of s, at finite m and at m = ∞. The
/// first version of the paper says that an exact-parameterized model fails even with infinite data, the final one that over-parameterization may not be needed.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="longRun">The steps of the runs at m = ∞ that thresholds are measured on.</param>
/// <param name="growthSeeds">The number of seeds that the growth at m = ∞ is averaged over.</param>
internal sealed class Parameterization(RunRecipe common, int longRun = 20_000, int growthSeeds = 401) : Figure<ParameterizationData>
{
    /// <summary>The means of s.</summary>
    internal static readonly double[] Means = [0.5, 1, 2];

    private static readonly double[] Spreads = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12];
    private static readonly (double Mean, double Spread, int First, int Last)[] Growths = [(0.5, 4, 300, 700), (1, 4, 500, 1500)];

    /// <summary>The experiment.</summary>
    public Parameterization()
        : this(new RunRecipe { Dimension = 16, Orthogonal = true, Steps = 400, Every = 20 })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>The parameterizations, with what they are called.</summary>
    internal IReadOnlyList<(string Name, ModelKind Model, int? Columns)> Kinds =>
    [
        ("k = r1", ModelKind.Gram, common.InvariantRank),
        ("k = r1 + r2", ModelKind.Gram, common.InvariantRank + common.SpuriousRank),
        ("k = d/2", ModelKind.Gram, common.Dimension / 2),
        ("k = d", ModelKind.Gram, null),
        ("A itself", ModelKind.Direct, null),
    ];

    public override string Name => "parameterization";

    public override string Description => $"UUᵀ with k = r1, r1 + r2, d/2 and d columns, and A itself, over mean and M (d = {common.Dimension}, r1 = r2 = 1)";

    public override (FigureNumbers Numbers, ParameterizationData Data) Compute(FigureRequest request)
    {
        ParameterizationPoint[] points = [.. Points(request.Seed)];
        SeedSweep[] sweeps = [.. points.Select(point => new SeedSweep(TitleOf(point), point.Recipe))];
        request.Train(sweeps);
        for (int i = 0; i < points.Length; i++)
        {
            points[i].Read(sweeps[i]);
        }

        ParameterizationThreshold[] thresholds = MeasureThresholds(request);
        (double Measured, double Drawn)[] growths = new (double, double)[Growths.Length];
        request.InParallel(growths.Length, i => growths[i] = GrowthThreshold.MeasureGrowth(
            Long(Growths[i].Mean, common.InvariantRank, request.Seed) with { Spread = Growths[i].Spread },
            growthSeeds,
            Growths[i].First,
            Growths[i].Last,
            request.Cancellation));
        FigureNumbers numbers = new()
        {
            Table = CreateTable(points, thresholds),
            Verdicts = Judge(points, thresholds, growths),
            Sweeps = sweeps,
            Constants = [("threshold-seeds", GrowthThreshold.Seeds), ("threshold-steps", longRun), ("growth-seeds", growthSeeds)],
        };
        return (numbers, new ParameterizationData(points, thresholds));
    }

    /// <summary>What is trained.</summary>
    internal IEnumerable<ParameterizationPoint> Points(ulong seed)
        => from measurements in new[] { common.Measurements, MeasurementKind.Population }
           from mean in Means
           from kind in Kinds
           from spread in Spreads
           select new ParameterizationPoint(
               kind.Name,
               common with
               {
                   Seed = seed,
                   Measurements = measurements,
                   SpuriousMean = mean,
                   Spread = spread,
                   Model = kind.Model,
                   FactorColumns = kind.Columns,
               });

    private ParameterizationThreshold[] MeasureThresholds(FigureRequest request)
    {
        // With k = r1 a mean of 1 or below has the threshold 0; the growth tells what M does there.
        (int Columns, double Mean)[] cases =
            [.. Means.Select(mean => (common.Dimension, mean)), (common.InvariantRank, 2), (common.InvariantRank, 3)];
        ParameterizationThreshold[] thresholds = new ParameterizationThreshold[cases.Length];
        request.InParallel(cases.Length, i =>
        {
            (int columns, double mean) = cases[i];
            double predicted = GrowthThreshold.Predicted(mean, common.StepSize, columns == common.InvariantRank ? 1 : 0);
            double measured = GrowthThreshold.Measure(Long(mean, columns, request.Seed), 0.6 * predicted, 1.4 * predicted, longRun, request.Cancellation);
            thresholds[i] = new(columns, mean, predicted, measured);
        });
        return thresholds;
    }

    private RunRecipe Long(double mean, int columns, ulong seed) => common with { Seed = seed, SpuriousMean = mean, FactorColumns = columns };

    private static string TitleOf(ParameterizationPoint point)
        => $"{point.Parameterization}, mean {Texts.Of(point.Recipe.SpuriousMean)}, M = {Texts.Of(point.Recipe.Spread)}{(point.IsPopulation ? ", m = ∞" : "")}";

    private static CsvTable CreateTable(ParameterizationPoint[] points, ParameterizationThreshold[] thresholds)
    {
        CsvTable table = new(
            "parameterization", "factor_columns", "samples", "spurious_mean", "spread", "relative_error", "q10", "q90", "signal", "spurious_size", "pooled_distance", "predicted_pooled_distance",
            "threshold", "measured_threshold");
        foreach (ParameterizationPoint point in points)
        {
            RunRecipe recipe = point.Recipe;
            bool isDirect = recipe.Model == ModelKind.Direct;
            ParameterizationThreshold? threshold = isDirect ? null
                : thresholds.FirstOrDefault(t => t.Columns == recipe.Columns && t.Mean == recipe.SpuriousMean);
            table.Add(
                point.Parameterization,
                isDirect ? "" : Texts.Of(recipe.Columns),
                point.IsPopulation ? "Infinity" : Texts.Of(recipe.Samples),
                Texts.Of(recipe.SpuriousMean),
                Texts.Of(recipe.Spread),
                CsvTable.Cell(point.Error.Median),
                CsvTable.Cell(point.Error.Low),
                CsvTable.Cell(point.Error.High),
                CsvTable.Cell(point.Signal),
                CsvTable.Cell(point.Spurious),
                CsvTable.Cell(point.PooledDistance),
                CsvTable.Cell(isDirect ? Math.Sqrt(LateMean(recipe)) : null),
                CsvTable.Cell(threshold?.Predicted),
                CsvTable.Cell(threshold?.Measured));
        }

        return table;
    }

    /// <summary>E‖A_t − A* − Ā‖² on average over the recorded steps of the second half.</summary>
    internal static double LateMean(RunRecipe recipe)
    {
        DirectRecursion recursion = new(recipe);
        int rows = (recipe.Steps / recipe.Every) + 1;
        return Enumerable.Range(rows / 2, rows - (rows / 2)).Average(row => recursion.At(row * recipe.Every));
    }

    internal Verdict[] Judge(ParameterizationPoint[] points, ParameterizationThreshold[] thresholds, (double Measured, double Drawn)[] growths)
        => [.. JudgeErrors(points), .. JudgeDirect(points), .. JudgeThresholds(thresholds, growths)];

    private IEnumerable<Verdict> JudgeErrors(ParameterizationPoint[] points)
    {
        foreach (bool isPopulation in new[] { false, true })
        {
            string m = isPopulation ? "m = ∞" : $"m = {Texts.Of(common.Samples)}";
            ParameterizationPoint Of(string kind, double mean, double spread) => points.Single(point
                => point.IsPopulation == isPopulation && point.Parameterization == kind && point.Recipe.SpuriousMean == mean && point.Recipe.Spread == spread);

            string exact = Kinds[0].Name;
            foreach ((string kind, ModelKind model, int? _) in Kinds)
            {
                ParameterizationPoint[] own = [.. points.Where(point => point.IsPopulation == isPopulation && point.Parameterization == kind)];
                if (model == ModelKind.Direct)
                {
                    yield return Verdict.Above($"{m}, {kind}: smallest median relative error over all means and M", own.Min(point => point.Error.Median), 0.4);
                    continue;
                }

                yield return Verdict.Below(
                    $"{m}, {kind}: largest median relative error over the means at M = {Texts.Of(Spreads[^1])}",
                    own.Where(point => point.Recipe.Spread == Spreads[^1]).Max(point => point.Error.Median),
                    isPopulation ? 0.05 : 0.2);
            }

            yield return Verdict.Below($"{m}, {exact}, mean 0.5, M = 0: median relative error (A* without heterogeneity)", Of(exact, 0.5, 0).Error.Median, 0.1);
            yield return Verdict.Below($"{m}, {exact}, mean 2, M = 0: median true share (the spurious direction instead)", Of(exact, 2, 0).Signal, 0.01);
            foreach (double mean in Means)
            {
                yield return Verdict.Between(
                    $"{m}, k = d, mean {Texts.Of(mean)}, M = 0: median relative error over ‖Ā‖/‖A*‖ (pooling)", Of("k = d", mean, 0).Error.Median / mean, 0.9, 1.1);
            }
        }
    }

    private static IEnumerable<Verdict> JudgeDirect(ParameterizationPoint[] points)
    {
        foreach (bool isPopulation in new[] { false, true })
        {
            double[] ratios =
            [
                .. points.Where(point => point.Recipe is { Model: ModelKind.Direct, Spread: > 0 } && point.IsPopulation == isPopulation)
                    .Select(point => point.PooledDistance / Math.Sqrt(LateMean(point.Recipe))),
            ];
            string m = isPopulation ? "m = ∞" : "finite m";
            yield return Verdict.Between($"{m}, A itself: ‖A_t − A* − Ā‖ over its closed form, smallest for M > 0", ratios.Min(), 0.85, 1.15);
            yield return Verdict.Between($"{m}, A itself: ‖A_t − A* − Ā‖ over its closed form, largest for M > 0", ratios.Max(), 0.85, 1.15);
        }
    }

    private IEnumerable<Verdict> JudgeThresholds(ParameterizationThreshold[] thresholds, (double Measured, double Drawn)[] growths)
    {
        foreach (ParameterizationThreshold threshold in thresholds)
        {
            yield return Verdict.Between(
                $"m = ∞, k = {threshold.Columns}, mean {Texts.Of(threshold.Mean)}: measured threshold in M over the predicted {Texts.Of(Math.Round(threshold.Predicted, 3))}",
                threshold.Measured / threshold.Predicted,
                0.92,
                1.08);
        }

        for (int i = 0; i < growths.Length; i++)
        {
            double predicted = MultiplierGrowth.LyapunovExponent(EntryLaw.TwoPoint(Growths[i].Mean - 1, Growths[i].Spread), common.StepSize);
            yield return Verdict.Between(
                $"m = ∞, k = r1, mean {Texts.Of(Growths[i].Mean)}, M = {Texts.Of(Growths[i].Spread)}: growth of log q over E log|1 + η(s − 1)|, {Texts.Of(Math.Round(predicted, 4))}",
                growths[i].Measured / predicted,
                0.92,
                1.08);
            yield return Verdict.Between(
                $"m = ∞, k = r1, mean {Texts.Of(Growths[i].Mean)}, M = {Texts.Of(Growths[i].Spread)}: growth of log q over that of log|1 + η(s − 1)| with the s that were drawn",
                growths[i].Measured / growths[i].Drawn,
                0.99,
                1.01);
        }
    }
}
