using System.Globalization;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// How much pooled data a batch may hold. A share ρ makes the multiplier 1 + η((1 − ρ)s + ρ·mean): mean ± (1 − ρ)M, so that the spurious part dies
/// out while (1 − ρ)M is above the threshold in M of HeteroSGD, √(mean² + 2·mean/η), which is √41 at η = 0.05 and mean 1.
/// </summary>
/// <param name="common">The recipe that all groups share; smaller ones than the figure's are for tests.</param>
internal sealed class PoolingShare(RunRecipe common) : Figure<PoolingGroup[]>
{
    private const int Parts = 10;
    /// <summary>The half-widths M.</summary>
    internal static readonly double[] Spreads = [8, 12];

    /// <summary>The experiment.</summary>
    public PoolingShare()
        : this(new RunRecipe { Dimension = 40, Orthogonal = true, Steps = 800, Every = 8 })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "pooling-share";

    public override string Description => $"a share of pooled data in HeteroSGD's batches from 0 to 1 (M = 8 and 12, d = {common.Dimension}, r1 = r2 = 1)";

    public override (FigureNumbers Numbers, PoolingGroup[] Data) Compute(FigureRequest request)
    {
        PoolingGroup[] groups = Groups(request.Seed);
        SeedSweep[] sweeps =
        [
            .. groups.Select(group => new SeedSweep(
                $"M = {Texts.Of(group.Recipe.Spread)}, ρ = {Texts.Of(group.Recipe.PooledShare)}",
                group.Recipe with { Seed = request.Seed },
                withSingleRun: false)),
        ];
        request.Train(sweeps);
        request.InParallel(
            groups.Length,
            i =>
            {
                QuantileBand band = sweeps[i].Band(row => row.Spurious);
                groups[i].Measured = (band.Median[^1], band.Low[^1], band.High[^1]);
                groups[i].TrueShare = sweeps[i].Band(row => row.Signal).Median[^1];
                groups[i].Late = sweeps[i].LateMeans(row => row.Spurious).Average();
                groups[i].Expected = Expected(groups[i].Recipe, request.Seeds);
            });
        return (new FigureNumbers { Table = CreateTable(groups), Verdicts = Judge(groups), Sweeps = sweeps }, groups);
    }

    /// <summary>What is trained, before anything is computed.</summary>
    internal PoolingGroup[] Groups(ulong seed) =>
    [
        .. Spreads.SelectMany(spread => Enumerable.Range(0, Parts + 1).Select(part => new PoolingGroup(
            common with { Seed = seed, Spread = spread, PooledShare = (double)part / Parts }))),
    ];

    /// <summary>The median at m = ∞, where a run lives in r1 + r2 dimensions.</summary>
    private static double Expected(RunRecipe recipe, int seeds)
    {
        double[] shares = [.. RunBatch.OverSeeds(recipe, seeds).Select(run =>
        {
            ReducedPopulation reduced = ReducedPopulation.FromIdentity(run.Problem.Create(run.Seed), run.InitialScale);
            TrainingOptions options = new()
            {
                Seed = run.Seed,
                StepSize = StepSizeSchedule.Constant(run.StepSize),
                GradientScale = run.GradientScale,
                PooledShare = run.PooledShare,
            };
            reduced.RunHetero(run.Environments.Create(run.SpuriousRank), options, run.Steps);
            return reduced.SpuriousShare;
        }).Order()];
        return Quantiles.OfSorted(shares, 0.5);
    }

    /// <summary>The share at which (1 − ρ)M reaches the threshold: E log|1 + η(mean ± (1 − ρ)M)| = 0.</summary>
    internal double Threshold(double spread)
        => 1 - (Math.Sqrt((common.SpuriousMean * common.SpuriousMean) + (2 * common.SpuriousMean / common.StepSize)) / spread);

    /// <summary>E log|1 + η(mean ± (1 − ρ)M)|, the growth of log q in a step while q is small.</summary>
    private static double Growth(RunRecipe recipe)
    {
        double width = (1 - recipe.PooledShare) * recipe.Spread;
        return 0.5 * (Math.Log(Math.Abs(1 + (recipe.StepSize * (recipe.SpuriousMean + width))))
            + Math.Log(Math.Abs(1 + (recipe.StepSize * (recipe.SpuriousMean - width)))));
    }

    /// <summary>
    /// The share on average over time in the long run. Saturation takes ηq² of the growth of log q, which must vanish on average, so that
    /// E q² = max(0, E log|1 + ηs|)/η to first order in η.
    /// </summary>
    internal static double PredictedMean(RunRecipe recipe) => Math.Max(0, Growth(recipe)) / recipe.StepSize;

    private static CsvTable CreateTable(PoolingGroup[] groups)
    {
        CsvTable table = new(
            "spread", "pooled_share", "median", "q10", "q90", "population_median", "late_mean", "predicted_late_mean", "signal_median");
        foreach (PoolingGroup group in groups)
        {
            table.Add(
                Texts.Of(group.Recipe.Spread),
                Texts.Of(group.Recipe.PooledShare),
                CsvTable.Cell(group.Measured.Median),
                CsvTable.Cell(group.Measured.Low),
                CsvTable.Cell(group.Measured.High),
                CsvTable.Cell(group.Expected),
                CsvTable.Cell(group.Late),
                CsvTable.Cell(Math.Round(PredictedMean(group.Recipe), 6)),
                CsvTable.Cell(group.TrueShare));
        }

        return table;
    }

    private List<Verdict> Judge(PoolingGroup[] groups)
    {
        List<Verdict> verdicts = [];
        foreach (double spread in Spreads)
        {
            PoolingGroup[] own = [.. groups.Where(g => g.Recipe.Spread == spread)];
            string name = $"M = {Texts.Of(spread)}";
            double threshold = Threshold(spread);
            verdicts.Add(Verdict.Below($"{name}, ρ = 0 (HeteroSGD): median spurious share", own[0].Measured.Median, 0.05));
            verdicts.Add(Verdict.Above($"{name}, ρ = 1 (PooledSGD): median spurious share", own[^1].Measured.Median, 0.5));
            verdicts.Add(Verdict.Below($"{name}: largest distance of a median true share from 1", own.Max(g => Math.Abs(g.TrueShare - 1)), 0.1));
            verdicts.Add(Verdict.Below(
                $"{name}, m = ∞: largest median below the threshold ρ = {threshold.ToString("0.###", CultureInfo.InvariantCulture)}",
                own.Where(g => g.Recipe.PooledShare < threshold - 0.05).Max(g => g.Expected),
                0.05));
            PoolingGroup[] grown = [.. own.Where(g => Growth(g.Recipe) * common.Steps / 2 > -Math.Log(common.InitialScale))];
            verdicts.Add(Verdict.Below(
                $"{name}: mean over time, largest distance from E log|1 + ηs|/η where half of the steps lead from α to 1",
                grown.Length == 0 ? double.NaN : grown.Max(g => Math.Abs(g.Late - PredictedMean(g.Recipe))),
                0.1));
            verdicts.Add(Verdict.Information(
                $"{name}: largest distance of a median from that at m = ∞",
                own.Max(g => Math.Abs(g.Measured.Median - g.Expected)),
                "feeding by finite batches near the threshold"));
            verdicts.Add(Verdict.Information(
                $"{name}: ρ where the median passes ½",
                Crossing(own, g => g.Measured.Median),
                string.Create(
                    CultureInfo.InvariantCulture, $"m = ∞: {Crossing(own, g => g.Expected):0.###}; long-run threshold: {threshold:0.###}")));
            verdicts.Add(Verdict.Information(
                $"{name}: largest ρ with a median below 0.05",
                own.TakeWhile(g => g.Measured.Median < 0.05).Select(g => g.Recipe.PooledShare).DefaultIfEmpty(double.NaN).Last(),
                "in half of the runs the spurious signal is gone at the last step"));
        }

        return verdicts;
    }

    /// <summary>Where a curve over ρ first passes ½, linear between its points; NaN if it does not.</summary>
    private static double Crossing(PoolingGroup[] groups, Func<PoolingGroup, double> curve)
    {
        for (int i = 1; i < groups.Length; i++)
        {
            (double before, double after) = (curve(groups[i - 1]), curve(groups[i]));
            if (before < 0.5 && after >= 0.5)
            {
                double from = groups[i - 1].Recipe.PooledShare, to = groups[i].Recipe.PooledShare;
                return double.IsFinite(after) ? from + ((to - from) * (0.5 - before) / (after - before)) : to;
            }
        }

        return double.NaN;
    }
}
