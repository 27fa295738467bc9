using Hetero.Charts;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Figures;

/// <summary>
/// Figure 1, the paper's schematic, from real runs. Left: pooled data show every step the same spurious signal E[s], which is fitted. Right: one
/// environment at a time makes s_t oscillate, which contracts the spurious part. M = 8 and not the 6 of the other figures: at η = 0.05 the spurious part
/// contracts in the long run from M = √41 ≈ 6.4 on, and below that only for as long as it has not had the time to grow.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="populationSeeds">The number of seeds of the medians at m = ∞.</param>
internal sealed class Figure1(RunRecipe common, int populationSeeds = PopulationMedian.Seeds) : IFigure
{
    /// <summary>The figure with the sizes of the paper's section 5.</summary>
    public Figure1()
        : this(new RunRecipe { Spread = 8, Orthogonal = true })
    {
    }

    public string Name => "figure1";

    public string Description => "a stable spurious signal is fitted, an oscillating one is contracted (d = 100, r1 = r2 = 1, m = 8000, M = 8)";

    public long SeedCount(int seeds) => Math.Max(seeds, populationSeeds);

    public FigureResult Run(FigureRequest request)
    {
        SeedSweep[] sweeps = Sweeps(request.Seed);
        request.Train(Name, sweeps);
        PopulationMedian[] expected = ShareSweeps.Expect(sweeps, request, populationSeeds);
        Axis signal = Axis.Linear("s").From(common.SpuriousMean - common.Spread - 1, common.SpuriousMean + common.Spread + 1);
        Axis share = Axis.Log("share").From(1e-8, 10) with { NonPositive = NonPositive.Floor };
        return new FigureResult
        {
            Table = ShareSweeps.CreateTable(sweeps, expected),
            Chart = new Chart(
                "Figure 1: a stable spurious signal is fitted, an oscillating one is contracted",
                [
                    SignalPanel("Pooled: every step sees the mean", sweeps[0], signal),
                    SignalPanel("Heterogeneous: every step sees one environment", sweeps[1], signal),
                    SharePanel("PooledSGD: the spurious share covers the true one", sweeps[0], expected[0], share),
                    SharePanel("HeteroSGD", sweeps[1], expected[1], share),
                ])
            {
                Subtitle = $"d = {common.Dimension}, r1 = {common.InvariantRank}, r2 = {common.SpuriousRank}, m = {common.Samples}, "
                    + $"s = {Texts.Of(common.SpuriousMean)} ± {Texts.Of(common.Spread)}, η = {Texts.Of(common.StepSize)}, orthogonal subspaces",
                Caption = ShareLines.Legend(request) + " Dotted: median at m = ∞. The environments are those of the one run.",
                Columns = 2,
                Width = 1100,
                PlotHeight = 220,
                SharedLegend = true,
            },
            Verdicts = [.. Judge(sweeps), ShareSweeps.Compare("HeteroSGD", sweeps[1], expected[1], request)],
            Sweeps = sweeps,
            Constants = [("population-seeds", populationSeeds)],
        };
    }

    /// <summary>What must be seen.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<SeedSweep> sweeps) =>
    [
        Verdict.Above("PooledSGD, plain step (3): median spurious share at the last step", sweeps[0].Band(row => row.Spurious).Median[^1], 0.9),
        Verdict.Below("HeteroSGD: median spurious share at the last step", sweeps[1].Band(row => row.Spurious).Median[^1], 0.05),
        Verdict.Above("HeteroSGD: median true share at the last step", sweeps[1].Band(row => row.Signal).Median[^1], 0.9),
    ];

    /// <summary>The runs: pooled, then heterogeneous.</summary>
    internal SeedSweep[] Sweeps(ulong seed) =>
    [
        new("PooledSGD", common with { Seed = seed, Algorithm = Algorithm.PooledSgd }, withSingleRun: true),
        new("HeteroSGD", common with { Seed = seed }, withSingleRun: true),
    ];

    /// <summary>The spurious signal that each step saw: the mean, or what the single run drew.</summary>
    private static Panel SignalPanel(string title, SeedSweep sweep, Axis vertical)
    {
        RunRecipe recipe = sweep.Recipe;
        List<double> x = [], y = [];
        for (int row = 1; row < sweep.RecordedSteps.Count; row++)
        {
            // A label is kept at the row that its step led to. Two points for each step make stairs.
            double seen = recipe.Algorithm != Algorithm.HeteroSgd
                ? recipe.SpuriousMean
                : row < sweep.Single!.Trajectory.Count ? sweep.Single.Trajectory.GetEnvironmentLabel(row)[0] : double.NaN;
            x.AddRange([sweep.RecordedSteps[row - 1], sweep.RecordedSteps[row]]);
            y.AddRange([seen, seen]);
        }

        LineSeries stairs = new("spurious signal s that a step sees", 2, x, y) { Dash = LineDash.Solid, Width = 1 };
        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, [stairs]);
    }

    private static Panel SharePanel(string title, SeedSweep sweep, PopulationMedian expected, Axis vertical)
    {
        double[] x = [.. sweep.RecordedSteps.Select(step => (double)step)];
        return new Panel(
            title,
            Axis.Linear("step") with { Tight = true },
            vertical,
            [
                .. ShareLines.Of("true share", 0, x, sweep, row => row.Signal, expected.Signal),
                .. ShareLines.Of("spurious share", 1, x, sweep, row => row.Spurious, expected.Spurious),
            ]);
    }
}
