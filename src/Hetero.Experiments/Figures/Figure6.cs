using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Figure 6: with a small batch PooledSGD comes close neither to A* nor to A* + Ā, the less the larger the step size. Both distances against t/T.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="duration">η·T.</param>
internal sealed class Figure6(RunRecipe common, double duration = 40) : Figure<SeedSweep[]>
{
    private const int Rows = 200;

    private static readonly double[] StepSizes = [0.01, 0.05, 0.1];

    /// <summary>What is shown, with the title of its panel.</summary>
    internal static readonly (string Title, RowQuantity Row)[] Distances =
    [
        ("Distance to A*", RowQuantity.Error), ("Distance to A* + Ā", RowQuantity.PooledError),
    ];

    /// <summary>The figure of the paper.</summary>
    public Figure6()
        : this(new RunRecipe
        {
            Algorithm = Algorithm.PooledSgd,
            Dimension = 30,
            InvariantRank = 5,
            SpuriousRank = 5,
            SpuriousMean = 0.5,
            Spread = 4,
            Samples = 80,
            Orthogonal = true,
        })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>η·T.</summary>
    internal double Duration => duration;

    public override string Name => "figure6";

    public override string Description => "PooledSGD with a small batch stays away from A* and from A* + Ā (d = 30, r1 = r2 = 5, m = 80)";

    public override (FigureNumbers Numbers, SeedSweep[] Data) Compute(FigureRequest request)
    {
        SeedSweep[] sweeps = Sweeps(request.Seed);
        request.Train(sweeps);
        return (new FigureNumbers { Table = CreateTable(sweeps), Verdicts = Judge(sweeps), Sweeps = sweeps }, sweeps);
    }

    /// <summary>What must be seen.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<SeedSweep> sweeps)
    {
        List<Verdict> verdicts = [];
        foreach ((string title, RowQuantity row) in Distances)
        {
            double[] medians = [.. sweeps.Select(sweep => sweep.Band(row.Of).Median[^1])];
            verdicts.AddRange(sweeps.Select((sweep, i) =>
                Verdict.Between($"{title}, η = {Texts.Of(sweep.Recipe.StepSize)}: median at T", medians[i], 0.9, 4)));
            verdicts.Add(Verdict.Above($"{title}: smallest ratio from one η to the next", medians.Zip(medians.Skip(1), (a, b) => b / a).Min(), 1));
        }

        return verdicts;
    }

    /// <summary>The runs: one sweep for each η, all to the same η·T and with as many rows as each other.</summary>
    internal SeedSweep[] Sweeps(ulong seed) =>
    [
        .. from stepSize in StepSizes
           let steps = (int)Math.Round(duration / stepSize)
           select new SeedSweep(
               $"η = {Texts.Of(stepSize)}",
               common with { Seed = seed, StepSize = stepSize, Steps = steps, Every = Math.Max(steps / Rows, 1) },
               withSingleRun: true),
    ];

    private static CsvTable CreateTable(SeedSweep[] sweeps)
    {
        CsvTable table = new("step_size", "step", "quantity", "median", "q10", "q90", "single_run");
        foreach (SeedSweep sweep in sweeps)
        {
            QuantileBand[] bands = [.. Distances.Select(distance => sweep.Band(distance.Row.Of))];
            for (int row = 0; row < sweep.RecordedSteps.Count; row++)
            {
                for (int i = 0; i < Distances.Length; i++)
                {
                    table.Add(
                        CsvTable.Cell(sweep.Recipe.StepSize),
                        Texts.Of(sweep.RecordedSteps[row]),
                        Distances[i].Row.Name,
                        CsvTable.Cell(bands[i].Median[row]),
                        CsvTable.Cell(bands[i].Low[row]),
                        CsvTable.Cell(bands[i].High[row]),
                        CsvTable.Cell(sweep.SingleAt(row, Distances[i].Row.Of)));
                }
            }
        }

        return table;
    }
}
