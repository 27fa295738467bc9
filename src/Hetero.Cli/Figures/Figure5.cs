using Hetero.Charts;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Figures;

/// <summary>
/// Figure 5: HeteroSGD keeps the invariant signal alone, PooledSGD fits the spurious one too. The paper gives neither M nor η; here
/// M = 4, η = 0.05. With the update (3) PooledSGD has only begun to fit the spurious signal at step 200, so it is shown with the doubled
/// step of the gradient (2), and with the plain step beside it.
/// </summary>
/// <param name="common">The recipe that all panels share; smaller ones than the figure's are for tests.</param>
internal sealed class Figure5(RunRecipe common) : IFigure
{
    private static readonly (string Label, RowQuantity Row)[] Quantities =
    [
        ("true share", RowQuantity.Signal), ("spurious share", RowQuantity.Spurious), ("error ‖UUᵀ − A*‖", RowQuantity.Error),
    ];

    /// <summary>The figure of the paper.</summary>
    public Figure5()
        : this(new RunRecipe { Dimension = 40, InvariantRank = 3, SpuriousRank = 2, SpuriousMean = 0.5, Spread = 4, Samples = 2800 })
    {
    }

    public string Name => "figure5";

    public string Description => "HeteroSGD suppresses the spurious signal, PooledSGD fits it (d = 40, r1 = 3, r2 = 2)";

    public FigureResult Run(FigureRequest request)
    {
        Figure5Panel[] panels = Panels(request.Seed);

        request.Train(Name, [.. panels.Select(panel => panel.Sweep)]);
        int rows = common.Steps + 1;
        foreach (Figure5Panel panel in panels)
        {
            panel.Bands = [.. Quantities.Select(quantity => panel.Sweep.Band(quantity.Row.Of))];
        }

        return new FigureResult
        {
            Table = CreateTable(panels, rows),
            Chart = CreateChart(panels, rows, request),
            Verdicts = Judge(panels),
            Sweeps = [.. panels.Select(panel => panel.Sweep)],
            Runs =
            [
                .. panels.Select(panel => panel.Sweep.Describe().First()),
                .. panels.Select(panel => panel.Sweep.Describe().Last()),
            ],
        };
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

    private Chart CreateChart(Figure5Panel[] panels, int rows, FigureRequest request)
    {
        double[] steps = [.. Enumerable.Range(0, rows).Select(step => (double)step)];

        // One scale for all panels, or the eye compares what is not comparable. Diverged runs have no place on it.
        double top = panels
            .SelectMany(panel => Enumerable.Range(0, Quantities.Length).SelectMany(q => panel.Bands[q].High.Concat(SingleRun(panel, rows, q))))
            .Where(double.IsFinite)
            .DefaultIfEmpty(1)
            .Max();
        Axis vertical = Axis.Linear("share, error").From(0, Math.Clamp(1.05 * top, 1.1, 3));
        return new Chart("Figure 5: heterogeneity makes SGD invariant", [.. panels.Select(panel => CreatePanel(panel, steps, vertical))])
        {
            Subtitle = $"d = {common.Dimension}, r1 = {common.InvariantRank}, r2 = {common.SpuriousRank}, "
                + $"s = {Texts.Of(common.SpuriousMean)} ± {Texts.Of(common.Spread)}, η = {Texts.Of(common.StepSize)}, m = {common.Samples} (HeteroSGD) and {2 * common.Samples} (PooledSGD)",
            Caption = $"Median and 10–90 % band over {request.Seeds} seeds from {request.Seed} (exact-law measurements). "
                + $"Dashed: one run, seed {request.Seed}, with every measurement drawn. ‖·‖ is the Frobenius norm.",
            Width = 1200,
            SharedLegend = true,
        };
    }

    private static Panel CreatePanel(Figure5Panel panel, double[] steps, Axis vertical)
    {
        List<Series> series = [];
        for (int q = 0; q < Quantities.Length; q++)
        {
            series.Add(new BandSeries(null, q, steps, panel.Bands[q].Low, panel.Bands[q].High));
        }

        for (int q = 0; q < Quantities.Length; q++)
        {
            double[] single = SingleRun(panel, steps.Length, q);
            series.Add(new LineSeries(Quantities[q].Label, q, steps, panel.Bands[q].Median) { Dash = LineDash.Solid });
            series.Add(new LineSeries($"{Quantities[q].Label}, single run", q, steps, single) { Dash = LineDash.Dashed, Width = 1 });
        }

        return new Panel(panel.Title, Axis.Linear("step") with { Tight = true }, vertical, series);
    }

    private static List<Verdict> Judge(Figure5Panel[] panels) =>
    [
        Verdict.Below("HeteroSGD: median spurious share at the last step", LastMedian(panels[0], 1), 0.15),
        Verdict.Above("HeteroSGD: median true share at the last step", LastMedian(panels[0], 0), 0.9),
        Verdict.Above("PooledSGD, doubled step (2): median spurious share at the last step", LastMedian(panels[1], 1), 0.4),
        Verdict.Information("PooledSGD, plain step (3): median spurious share at the last step", LastMedian(panels[2], 1), "about 0.2"),
    ];

    private static double LastMedian(Figure5Panel panel, int quantity) => panel.Bands[quantity].Median[^1];

    private static double? SingleAt(Figure5Panel panel, int row, int quantity) => panel.Sweep.SingleAt(row, Quantities[quantity].Row.Of);

    /// <summary>The single run as a line, with a gap where it had diverged.</summary>
    private static double[] SingleRun(Figure5Panel panel, int rows, int quantity)
        => [.. Enumerable.Range(0, rows).Select(row => SingleAt(panel, row, quantity) ?? double.NaN)];
}
