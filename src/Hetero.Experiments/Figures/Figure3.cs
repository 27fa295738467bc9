using Hetero.Core.Problems;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Figure 3: heterogeneity removes the spurious signal. Left: both shares over time, for much and for little heterogeneity M. Right: both shares at
/// the last step against M.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="populationSeeds">The number of seeds of the medians at m = ∞.</param>
internal sealed class Figure3(RunRecipe common, int populationSeeds = PopulationMedian.Seeds) : Figure<PopulationMedian[]>
{
    internal const double Much = 6;
    internal const double Little = 1;

    /// <summary>The figure of the paper.</summary>
    public Figure3()
        : this(new RunRecipe())
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "figure3";

    public override string Description => "the spurious share falls with heterogeneity M, the true one does not (d = 100, r1 = r2 = 1, m = 8000)";

    public override long SeedCount(int seeds) => Math.Max(seeds, populationSeeds);

    public override (FigureNumbers Numbers, PopulationMedian[] Data) Compute(FigureRequest request)
    {
        SeedSweep[] sweeps = Sweeps(request.Seed);
        request.Train(sweeps);
        PopulationMedian[] expected = ShareSweeps.Expect(sweeps, request, populationSeeds);
        FigureNumbers numbers = new()
        {
            Table = ShareSweeps.CreateTable(sweeps, expected),
            Verdicts = [.. Judge(sweeps), .. Compare(sweeps, expected, request)],
            Sweeps = sweeps,
            Constants = [("population-seeds", populationSeeds)],
        };
        return (numbers, expected);
    }

    /// <summary>The runs: M = 1…10 for orthogonal and for random subspaces. Those of the left panel keep every step.</summary>
    internal SeedSweep[] Sweeps(ulong seed) =>
    [
        .. from layout in new[] { SubspaceLayout.Orthogonal, SubspaceLayout.Random }
           from spread in Enumerable.Range(1, 10)
           let left = layout == SubspaceLayout.Random && spread is (int)Much or (int)Little
           select new SeedSweep(
               $"M = {spread}, {ShareSweeps.NameOf(layout)} subspaces",
               common with { Seed = seed, Spread = spread, Orthogonal = layout == SubspaceLayout.Orthogonal, Every = left ? 1 : common.Steps },
               withSingleRun: left),
    ];

    /// <summary>What must be seen.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<SeedSweep> sweeps)
    {
        double Spurious(SubspaceLayout layout, int spread) => Find(sweeps, layout, spread).Band(row => row.Spurious).Median[^1];

        (double Low, double High)[] expected = [(0.8, 1.1), (0.62, 0.92), (0.24, 0.54), (0.035, 0.2), (0, 0.02)];
        return
        [
            .. expected.Select((range, i) => Verdict.Between(
                $"M = {i + 1}, orthogonal: median spurious share", Spurious(SubspaceLayout.Orthogonal, i + 1), range.Low, range.High)),
            Verdict.Between("M = 5, random: median spurious share", Spurious(SubspaceLayout.Random, 5), 0.015, 0.1),
            .. ShareSweeps.JudgeTrueShare("M ≤ 5, both subspaces", sweeps.Where(sweep => sweep.Recipe.Spread <= 5), 0.97, 1.02),

            // Beyond M = 5 the gradient noise, which grows with M, takes a little of the true share too.
            Verdict.Information(
                "M > 5, both subspaces: smallest median true share",
                sweeps.Where(sweep => sweep.Recipe.Spread > 5).Min(sweep => sweep.Band(row => row.Signal).Median[^1]),
                "a little below 1"),
        ];
    }

    internal static SeedSweep Find(IEnumerable<SeedSweep> sweeps, SubspaceLayout layout, double spread)
        => sweeps.Single(sweep => sweep.Recipe.Layout == layout && sweep.Recipe.Spread == spread);

    private static IEnumerable<Verdict> Compare(SeedSweep[] sweeps, PopulationMedian[] expected, FigureRequest request)
        => sweeps.Select((sweep, i) => (sweep, i)).Where(item => item.sweep.Recipe is { Layout: SubspaceLayout.Orthogonal, Spread: <= Much })
            .Select(item => ShareSweeps.Compare($"M = {Texts.Of(item.sweep.Recipe.Spread)}, orthogonal", item.sweep, expected[item.i], request));
}
