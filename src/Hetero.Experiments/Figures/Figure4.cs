using Hetero.Core.Problems;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Figure 4: a large step size removes the spurious signal. Left: both shares against η·t for a large and a small η. Right: both shares at the same
/// η·t = 10 against η.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="duration">η·t at the end.</param>
/// <param name="populationSeeds">The number of seeds of the medians at m = ∞.</param>
internal sealed class Figure4(RunRecipe common, double duration = 10, int populationSeeds = PopulationMedian.Seeds) : Figure<PopulationMedian[]>
{
    private const int LeftRows = 200;
    internal const double Large = 0.05;
    internal const double Small = 0.01;

    /// <summary>The figure of the paper.</summary>
    public Figure4()
        : this(new RunRecipe { Spread = 5 })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>η·t at the end.</summary>
    internal double Duration => duration;

    public override string Name => "figure4";

    public override string Description => "the spurious share falls with the step size η at the same η·t = 10 (d = 100, r1 = r2 = 1, m = 8000, M = 5)";

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

    /// <summary>What must be seen.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<SeedSweep> sweeps)
    {
        Verdict Expect(double stepSize, double low, double high) => Verdict.Between(
            $"η = {Texts.Of(stepSize)}, orthogonal: median spurious share",
            Find(sweeps, SubspaceLayout.Orthogonal, stepSize).Band(row => row.Spurious).Median[^1],
            low,
            high);

        return
        [
            Expect(0.01, 0.54, 0.84), Expect(0.02, 0.2, 0.5), Expect(0.03, 0.03, 0.2), Expect(0.04, 0, 0.08), Expect(0.05, 0, 0.02),
            .. ShareSweeps.JudgeTrueShare("η ≤ 0.05, both subspaces", sweeps.Where(sweep => sweep.Recipe.StepSize <= Large), 0.97, 1.02),
        ];
    }

    /// <summary>
    /// The runs: η = 0.01…0.09 for orthogonal and for random subspaces, all to the same η·t. Those of the left panel keep as many rows as each other.
    /// </summary>
    internal SeedSweep[] Sweeps(ulong seed) =>
    [
        .. from layout in new[] { SubspaceLayout.Orthogonal, SubspaceLayout.Random }
           from hundredths in Enumerable.Range(1, 9)
           let stepSize = hundredths / 100.0
           let steps = (int)Math.Round(duration / stepSize)
           let left = layout == SubspaceLayout.Random && stepSize is Large or Small
           select new SeedSweep(
               $"η = {Texts.Of(stepSize)}, {ShareSweeps.NameOf(layout)} subspaces",
               common with
               {
                   Seed = seed,
                   StepSize = stepSize,
                   Steps = steps,
                   Orthogonal = layout == SubspaceLayout.Orthogonal,
                   Every = left ? Math.Max(steps / LeftRows, 1) : steps,
               },
               withSingleRun: left),
    ];

    internal static SeedSweep Find(IEnumerable<SeedSweep> sweeps, SubspaceLayout layout, double stepSize)
        => sweeps.Single(sweep => sweep.Recipe.Layout == layout && sweep.Recipe.StepSize == stepSize);

    private static IEnumerable<Verdict> Compare(SeedSweep[] sweeps, PopulationMedian[] expected, FigureRequest request)
        => sweeps.Select((sweep, i) => (sweep, i)).Where(item => item.sweep.Recipe is { Layout: SubspaceLayout.Orthogonal, StepSize: <= Large })
            .Select(item => ShareSweeps.Compare($"η = {Texts.Of(item.sweep.Recipe.StepSize)}, orthogonal", item.sweep, expected[item.i], request));
}
