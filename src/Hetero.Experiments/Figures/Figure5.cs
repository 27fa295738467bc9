using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Figure 5: HeteroSGD keeps the invariant signal alone, PooledSGD fits the spurious one too. The paper gives neither M nor η; here
/// M = 4, η = 0.05. With the update (3) PooledSGD has only begun to fit the spurious signal at step 200, so it is shown with the doubled
/// step of the gradient (2), and with the plain step beside it.
/// </summary>
/// <param name="common">The recipe that all panels share; smaller ones than the figure's are for tests.</param>
internal sealed class Figure5(RunRecipe common) : Figure<Figure5Panel[]>
{
    /// <summary>What is shown, with its name in the legend.</summary>
    internal static readonly (string Label, RowQuantity Row)[] Quantities =
    [
        ("true share", RowQuantity.Signal), ("spurious share", RowQuantity.Spurious), ("error ‖UUᵀ − A*‖", RowQuantity.Error),
    ];

    /// <summary>The figure of the paper.</summary>
    public Figure5()
        : this(new RunRecipe { Dimension = 40, InvariantRank = 3, SpuriousRank = 2, SpuriousMean = 0.5, Spread = 4, Samples = 2800 })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "figure5";

    public override string Description => "HeteroSGD suppresses the spurious signal, PooledSGD fits it (d = 40, r1 = 3, r2 = 2)";

    public override (FigureNumbers Numbers, Figure5Panel[] Data) Compute(FigureRequest request)
    {
        Figure5Panel[] panels = Panels(request.Seed);
        SeedSweep[] sweeps = [.. panels.Select(panel => panel.Sweep)];
        request.Train(sweeps);
        foreach (Figure5Panel panel in panels)
        {
            panel.Bands = [.. Quantities.Select(quantity => panel.Sweep.Band(quantity.Row.Of))];
        }

        FigureNumbers numbers = new()
        {
            Table = CreateTable(panels, common.Steps + 1),
            Verdicts = Judge(panels),
            Sweeps = sweeps,
            Runs = [.. panels.Select(panel => panel.Sweep.Describe().First()), .. panels.Select(panel => panel.Sweep.Describe().Last())],
        };
        return (numbers, panels);
    }

    /// <summary>What the panels show, before anything is computed.</summary>
    internal Figure5Panel[] Panels(ulong seed)
    {
        RunRecipe hetero = common with { Seed = seed };
        RunRecipe pooled = hetero with { Algorithm = Algorithm.PooledSgd, Samples = 2 * common.Samples };
        return
        [
            new("HeteroSGD", hetero),
            new("PooledSGD, doubled step (2)", pooled with { GradientScale = 2 }),
            new("PooledSGD, plain step (3)", pooled),
        ];
    }

    private static CsvTable CreateTable(Figure5Panel[] panels, int rows)
    {
        CsvTable table = new("algorithm", "gradient_scale", "step", "quantity", "median", "q10", "q90", "single_run");
        foreach (Figure5Panel panel in panels)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int q = 0; q < Quantities.Length; q++)
                {
                    QuantileBand band = panel.Bands[q];
                    table.Add(
                        RecipeWords.Algorithms.NameOf(panel.Recipe.Algorithm),
                        CsvTable.Cell(panel.Recipe.GradientScale),
                        Texts.Of(row),
                        Quantities[q].Row.Name,
                        CsvTable.Cell(band.Median[row]),
                        CsvTable.Cell(band.Low[row]),
                        CsvTable.Cell(band.High[row]),
                        CsvTable.Cell(SingleAt(panel, row, q)));
                }
            }
        }

        return table;
    }

    private static List<Verdict> Judge(Figure5Panel[] panels) =>
    [
        Verdict.Below("HeteroSGD: median spurious share at the last step", LastMedian(panels[0], 1), 0.15),
        Verdict.Above("HeteroSGD: median true share at the last step", LastMedian(panels[0], 0), 0.9),
        Verdict.Above("PooledSGD, doubled step (2): median spurious share at the last step", LastMedian(panels[1], 1), 0.4),
        Verdict.Information("PooledSGD, plain step (3): median spurious share at the last step", LastMedian(panels[2], 1), "about 0.2"),
    ];

    private static double LastMedian(Figure5Panel panel, int quantity) => panel.Bands[quantity].Median[^1];

    /// <summary>A quantity of the single run at a row; null after it diverged.</summary>
    internal static double? SingleAt(Figure5Panel panel, int row, int quantity) => panel.Sweep.SingleAt(row, Quantities[quantity].Row.Of);
}
