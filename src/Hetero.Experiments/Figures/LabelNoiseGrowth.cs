using System.Collections.Concurrent;
using System.Globalization;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Heterogeneity and label noise, each alone and together, on fresh and on stored data. Heterogeneity removes the spurious part, label noise does not; and in
/// matrix sensing label noise makes the residual grow, at the rate of
/// <see cref="ResidualGrowth"/>.
/// </summary>
/// <param name="fresh">The run on fresh data, M = 0 and without label noise; r1 = r2 = 1, orthogonal.</param>
/// <param name="stored">The run on stored data, likewise.</param>
/// <param name="spread">M, and the deviation σ of label noise.</param>
internal sealed class LabelNoiseGrowth(RunRecipe fresh, RunRecipe stored, double spread) : Figure<LabelNoiseGroup[]>
{
    internal const string Noise = "label-noise", Heterogeneity = "heterogeneity", Both = "both", Neither = "neither";

    /// <summary>The figure.</summary>
    public LabelNoiseGrowth()
        : this(
            new RunRecipe { Dimension = 60, Samples = 2000, Spread = 0, Steps = 600, Every = 20, Orthogonal = true },
            new RunRecipe { Dimension = 20, Samples = 800, Spread = 0, Steps = 600, Every = 20, Orthogonal = true, Measurements = MeasurementKind.Stored },
            8)
    {
    }

    internal RunRecipe Fresh => fresh;

    internal RunRecipe Stored => stored;

    internal double Spread => spread;

    public override string Name => "label-noise";

    public override string Description => "heterogeneity and label noise, each alone and together, on fresh and stored data: the spurious share, and the growth of the residual with its prediction";

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, LabelNoiseGroup[] Data) Compute(FigureRequest request)
    {
        LabelNoiseGroup[] groups = Groups(request.Seed);
        foreach (LabelNoiseGroup group in groups)
        {
            group.Predict(request.Seeds);
        }

        Train(groups, request);
        FigureNumbers numbers = new()
        {
            Table = CreateTable(groups),
            Verdicts = Judge(groups),
            Runs =
            [
                .. groups.Select(group => new RunGroup(Title(group), group.Recipe, group.Runs.Length, group.Runs.Count(run => run.HasDiverged))),
                .. groups.Where(group => group.Single is not null).Select(
                    group => new RunGroup($"{Title(group)}, single run", group.SingleRecipe, 1, group.Single!.HasDiverged ? 1 : 0)),
            ],
        };
        return (numbers, groups);
    }

    /// <summary>What is trained: on fresh data, then on stored data.</summary>
    internal LabelNoiseGroup[] Groups(ulong seed) =>
    [
        .. from common in new[] { fresh, stored }
           from setting in new[] { Noise, Heterogeneity, Both, Neither }
           select new LabelNoiseGroup(setting, common with
           {
               Seed = seed,
               Spread = setting is Heterogeneity or Both ? spread : 0,
               LabelNoise = setting is Noise or Both ? spread : 0,
           }),
    ];

    /// <summary>What must be seen.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<LabelNoiseGroup> groups)
    {
        List<Verdict> verdicts = [];
        foreach (bool isFresh in new[] { true, false })
        {
            LabelNoiseGroup Of(string name) => groups.Single(group => group.IsFresh == isFresh && group.Name == name);
            string data = isFresh ? "fresh" : "stored";
            verdicts.Add(Verdict.Above($"{data}: median spurious share, label noise without heterogeneity", Of(Noise).SpuriousShare, 0.9));
            verdicts.Add(Verdict.Below($"{data}: the same, heterogeneity without label noise", Of(Heterogeneity).SpuriousShare, 0.05));
            verdicts.Add(Verdict.Below($"{data}: the same, both", Of(Both).SpuriousShare, 0.05));
            if (isFresh)
            {
                verdicts.AddRange(new[] { Noise, Heterogeneity, Both }.SelectMany(name => OfGrowth(Of(name))));
                verdicts.Add(Verdict.Information("fresh: growth of log‖E‖, neither, over the prediction", OfPrediction(Of(Neither)), "1"));
            }
            else
            {
                verdicts.Add(Verdict.Information(
                    "stored: growth of log‖E‖ by label noise, mean over seeds of the difference of the runs with and without, M = 0",
                    Of(Noise).Growth - Of(Neither).Growth,
                    string.Create(CultureInfo.InvariantCulture, $"{OfLabelsAlone(Of(Noise)):0.###}: η²σ²/m·((d' + 1)/4 − n/2 − p) as on fresh data, p as measured")));
                verdicts.Add(Verdict.Information(
                    "stored: the same, M > 0", Of(Both).Growth - Of(Heterogeneity).Growth, "less: the stored measurements' own growth is larger"));
            }
        }

        return verdicts;
    }

    private static IEnumerable<Verdict> OfGrowth(LabelNoiseGroup group)
    {
        bool oscillates = group.Recipe.Spread > 0;
        string name = $"fresh: growth of log‖E‖, {group.Name}", quantity = $"{name}, mean over seeds over the prediction";

        // The prediction takes the mean over the noise before the logarithm; where excursions of the spurious row feed the residual that is not the same.
        yield return oscillates
            ? Verdict.Information(quantity, OfPrediction(group), "1 to first order; below it, as the logarithm of a mean is above the mean logarithm")
            : Verdict.Between($"{quantity} η²(‖D‖² + σ²)/m·((d' + 1)/4 − n/2 − p)", OfPrediction(group), 0.97, 1.03);
        yield return Verdict.Information(
            $"{name}, over η²(‖D‖² + σ²)(d − 3)/(4m)",
            group.Growth / ResidualGrowth.OfOneDirection(group.Recipe),
            oscillates ? "above 1: the spurious row feeds the residual" : "just below 1: (d − 5)/4 − p in place of (d − 3)/4");
    }

    private static double OfPrediction(LabelNoiseGroup group) => group.Growth / group.Predicted.Average(growth => growth[^1]);

    /// <summary>The growth by label noise alone, with the measured participation on average over steps and runs.</summary>
    private static double OfLabelsAlone(LabelNoiseGroup group)
    {
        RunRecipe recipe = group.Recipe;
        double participation = group.Runs.Average(run => run.Participation.Average());
        double unit = recipe.StepSize * recipe.StepSize * recipe.LabelNoise * recipe.LabelNoise / recipe.Samples;
        return recipe.Steps * unit * (((recipe.Dimension - 5) / 4.0) - participation);
    }

    private static string Title(LabelNoiseGroup group) => $"{(group.IsFresh ? "fresh" : "stored")}, {group.Name}";

    private static void Train(LabelNoiseGroup[] groups, FigureRequest request)
    {
        List<(LabelNoiseGroup Group, int Seed, RunRecipe Recipe)> work = [];
        foreach (LabelNoiseGroup group in groups)
        {
            group.Runs = new LabelNoiseRun[request.Seeds];
            work.AddRange(RunBatch.OverSeeds(group.Recipe, request.Seeds).Select((recipe, seed) => (group, seed, recipe)));
            if (group.IsFresh)
            {
                work.Add((group, -1, group.SingleRecipe));
            }
        }

        double total = work.Sum(item => RunWork.Of(item.Recipe)), done = 0;
        Lock gate = new();
        Parallel.ForEach(
            Partitioner.Create(work.OrderByDescending(item => RunWork.Of(item.Recipe)), EnumerablePartitionerOptions.NoBuffering),
            request.Parallelism,
            item =>
            {
                double step = RunWork.OfStep(item.Recipe);
                LabelNoiseRun run = LabelNoiseRun.Execute(
                    item.Recipe,
                    steps =>
                    {
                        lock (gate)
                        {
                            done += steps * step;
                            request.Progress?.Report(Math.Min(1, done / total));
                        }
                    },
                    request.Cancellation);
                if (item.Seed < 0)
                {
                    item.Group.Single = run;
                }
                else
                {
                    item.Group.Runs[item.Seed] = run;
                }
            });
    }

    private static CsvTable CreateTable(LabelNoiseGroup[] groups)
    {
        CsvTable table = new("data", "setting", "step", "quantity", "median", "q10", "q90", "single_run", "predicted");
        foreach (LabelNoiseGroup group in groups)
        {
            double[] sizes = group.IsFresh ? group.PredictedSizes() : [];
            foreach ((string name, Func<LabelNoiseRun, double[]> quantity) in Quantities)
            {
                QuantileBand band = group.Band(quantity);
                for (int row = 0; row < band.Median.Length; row++)
                {
                    int step = row * group.Recipe.Every;
                    table.Add(
                        group.IsFresh ? "fresh" : "stored",
                        group.Name,
                        Texts.Of(step),
                        name,
                        CsvTable.Cell(band.Median[row]),
                        CsvTable.Cell(band.Low[row]),
                        CsvTable.Cell(band.High[row]),
                        CsvTable.Cell(group.Single is { } single ? quantity(single)[row] : null),
                        CsvTable.Cell(group.IsFresh && name == "residual" ? sizes[step] : null));
                }
            }
        }

        return table;
    }

    private static readonly (string Name, Func<LabelNoiseRun, double[]> Quantity)[] Quantities =
        [("spurious", run => run.Spurious), ("residual", run => run.Size), ("participation", run => run.Participation)];
}
