using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Figure 1, the paper's schematic, from real runs. Left: pooled data show every step the same spurious signal E[s], which is fitted. Right: one
/// environment at a time makes s_t oscillate, which contracts the spurious part. M = 8 and not the 6 of the other figures: at η = 0.05 the spurious part
/// contracts in the long run from M = √41 ≈ 6.4 on, and below that only for as long as it has not had the time to grow.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="populationSeeds">The number of seeds of the medians at m = ∞.</param>
internal sealed class Figure1(RunRecipe common, int populationSeeds = PopulationMedian.Seeds) : Figure<PopulationMedian[]>
{
    /// <summary>The figure with the sizes of the paper's section 5.</summary>
    public Figure1()
        : this(new RunRecipe { Spread = 8, Orthogonal = true })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "figure1";

    public override string Description => "a stable spurious signal is fitted, an oscillating one is contracted (d = 100, r1 = r2 = 1, m = 8000, M = 8)";

    public override long SeedCount(int seeds) => Math.Max(seeds, populationSeeds);

    public override (FigureNumbers Numbers, PopulationMedian[] Data) Compute(FigureRequest request)
    {
        SeedSweep[] sweeps = Sweeps(request.Seed);
        request.Train(sweeps);
        PopulationMedian[] expected = ShareSweeps.Expect(sweeps, request, populationSeeds);
        FigureNumbers numbers = new()
        {
            Table = ShareSweeps.CreateTable(sweeps, expected),
            Verdicts = [.. Judge(sweeps), ShareSweeps.Compare("HeteroSGD", sweeps[1], expected[1], request)],
            Sweeps = sweeps,
            Constants = [("population-seeds", populationSeeds)],
        };
        return (numbers, expected);
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
}
