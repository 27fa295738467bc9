using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// HeteroSGD and PooledSGD at d = 10⁶ and m = 10⁹, by the exact law in factored form: explicit measurements of a step would be 5·10²⁰ Gaussian numbers, and a d×d matrix has 8 TB.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
internal sealed class Million(RunRecipe common) : Figure<MillionRun[][]>
{
    private const int MostSeeds = 5;

    /// <summary>The experiment.</summary>
    public Million()
        : this(new RunRecipe
        {
            Dimension = 1_000_000,
            InvariantRank = 2,
            SpuriousRank = 2,
            FactorColumns = 16,
            Samples = 1_000_000_000,
            Spread = 8,
            InitialScale = 0.01,
            Steps = 400,
            Every = 10,
            Measurements = MeasurementKind.ExactLawFactored,
        })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "million";

    public override string Description
        => $"HeteroSGD and PooledSGD in {common.Dimension} dimensions with {common.Samples} samples a step, without a d×d matrix "
            + $"(M = {Texts.Of(common.Spread)}, r1 = r2 = {common.InvariantRank}, k = {common.Columns})";

    public override bool KeepsRuns => false;

    /// <inheritdoc/>
    /// <remarks>A run takes a minute or more.</remarks>
    public override long SeedCount(int seeds) => Math.Min(seeds, MostSeeds);

    public override int LeastSeeds => 1;

    public override (FigureNumbers Numbers, MillionRun[][] Data) Compute(FigureRequest request)
    {
        RunRecipe[] recipes = [.. new[] { Algorithm.HeteroSgd, Algorithm.PooledSgd }.Select(algorithm => common with { Seed = request.Seed, Algorithm = algorithm })];
        int seeds = (int)SeedCount(request.Seeds);
        using WorkerTeam team = new(request.Threads);
        MillionRun[][] runs = [.. recipes.Select(_ => new MillionRun[seeds])];

        // One run after another, each on all threads: the memory is that of one.
        double all = (double)recipes.Length * seeds * common.Steps;
        for (int i = 0; i < recipes.Length * seeds; i++)
        {
            (int seed, int algorithm) = Math.DivRem(i, recipes.Length);
            int before = i * common.Steps;
            StepProgress progress = new(step => request.Progress?.Report((before + step) / all));
            RunRecipe recipe = recipes[algorithm] with { Seed = request.Seed + (ulong)seed };
            runs[algorithm][seed] = MillionRun.Of(recipe, team, request.Kept, progress, request.Cancellation);
        }

        return (
            new FigureNumbers
            {
                Table = CreateTable(runs),
                Verdicts = Judge(runs),
                Runs = [.. recipes.Select((recipe, i) => new RunGroup(NameOf(recipe), recipe, seeds, runs[i].Count(HasDiverged)))],
            },
            runs);
    }

    /// <summary>The algorithm as the option says it.</summary>
    internal static string NameOf(RunRecipe recipe) => RecipeWords.Algorithms.NameOf(recipe.Algorithm);

    /// <summary>Medians and ranges of the runs at each recorded step.</summary>
    internal QuantileBand Band(MillionRun[] runs, Func<TrajectoryRow, double> quantity)
        => QuantileBand.Of([.. runs.Select(run => run.Run)], (common.Steps / common.Every) + (common.Steps % common.Every == 0 ? 1 : 2), quantity);

    private static bool HasDiverged(MillionRun run) => run.Run.Outcome.Status == TrainingStatus.Diverged;

    private CsvTable CreateTable(MillionRun[][] runs)
    {
        CsvTable table = new("algorithm", "seed", "step", "signal", "spurious", "residual", "error", "pooled_error");
        foreach (MillionRun run in runs.SelectMany(group => group))
        {
            foreach (TrajectoryRow row in run.Run.Trajectory.Rows)
            {
                table.Add(
                    NameOf(run.Recipe),
                    Texts.Of(run.Recipe.Seed),
                    Texts.Of(row.Step),
                    CsvTable.Cell(row.Signal),
                    CsvTable.Cell(row.Spurious),
                    CsvTable.Cell(row.Residual),
                    CsvTable.Cell(row.Error),
                    CsvTable.Cell(row.PooledError));
            }
        }

        return table;
    }

    private List<Verdict> Judge(MillionRun[][] runs)
    {
        double root = Math.Sqrt(common.InvariantRank), all = Math.Sqrt(common.InvariantRank + common.SpuriousRank);
        double Last(MillionRun[] group, Func<TrajectoryRow, double> quantity) => Band(group, quantity).Median[^1];
        (MillionRun[] hetero, MillionRun[] pooled) = (runs[0], runs[1]);
        MillionRun[] both = [.. hetero, .. pooled];
        return
        [
            Verdict.Below("HeteroSGD: median of ‖UUᵀ − A*‖/√r1 at the last step", Last(hetero, row => row.Error) / root, 0.1),
            Verdict.Below("HeteroSGD: median spurious share at the last step", Last(hetero, row => row.Spurious), 0.05),
            Verdict.Above("PooledSGD: median spurious share at the last step", Last(pooled, row => row.Spurious), 0.5),
            Verdict.Below("PooledSGD: median of ‖UUᵀ − A* − Ā‖/√(r1 + r2) at the last step", Last(pooled, row => row.PooledError) / all, 0.1),
            Verdict.Below("largest ‖BᵀB − I‖ of a draw's basis at the recorded steps", both.Max(run => run.Defect), 1e-10),
            Verdict.Information("HeteroSGD: median seconds of a step alone", Median(hetero), "one environment a step"),
            Verdict.Information("PooledSGD: median seconds of a step alone", Median(pooled), "a draw for each environment"),
            Verdict.Information("memory of a run, GB", (double)MemoryEstimate.Of(common).Total / 1e9, "the sum of its parts"),
        ];

        static double Median(MillionRun[] group) => Quantiles.OfSorted([.. group.Select(run => run.SecondsPerStep).Order()], 0.5);
    }

    /// <summary>Reports at once, on the thread that trains.</summary>
    private sealed class StepProgress(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
