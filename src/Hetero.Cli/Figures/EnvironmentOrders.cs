using Hetero.Charts;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Figures;

/// <summary>
/// Whether the order of the environments matters. While the spurious part is small its logarithm is Σ log|1 + ηs_t|, the same on average for every
/// order; a cyclic order has no fluctuations, blocks of K have K times the variance. Fluctuations upwards meet saturation, those downwards are
/// filled up by the error of finite batches, so that more of them leave more spurious signal.
/// </summary>
/// <param name="common">The recipe that all groups share; smaller ones than the figure's are for tests.</param>
internal sealed class EnvironmentOrders(RunRecipe common) : IFigure
{
    private static readonly double[] Spreads = [6, 8];

    private static readonly (string Name, EnvironmentOrderKind Kind, int? Block)[] Orders =
    [
        ("independent", EnvironmentOrderKind.Independent, null),
        ("cyclic", EnvironmentOrderKind.Cyclic, null),
        ("shuffled", EnvironmentOrderKind.Shuffled, null),
        ("blocks of 2", EnvironmentOrderKind.Blocks, 2),
        ("blocks of 5", EnvironmentOrderKind.Blocks, 5),
        ("blocks of 20", EnvironmentOrderKind.Blocks, 20),
    ];

    /// <summary>The experiment. A row every 4 steps: whole cycles of two environments, so that a cyclic order shows no zigzag.</summary>
    public EnvironmentOrders()
        : this(new RunRecipe { Dimension = 40, Orthogonal = true, Steps = 400, Every = 4 })
    {
    }

    public string Name => "environment-order";

    public string Description => $"independent, cyclic, shuffled and blocked environments (M = 6 and 8, d = {common.Dimension}, r1 = r2 = 1)";

    public FigureResult Run(FigureRequest request)
    {
        OrderGroup[] groups = Groups(request.Seed);
        SeedSweep[] sweeps =
        [
            .. groups.Select(group => new SeedSweep(
                $"M = {Texts.Of(group.Recipe.Spread)}, {group.Name}", group.Recipe with { Seed = request.Seed }, withSingleRun: false)),
        ];
        request.Train(Name, sweeps);
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i].Band = sweeps[i].Band(row => row.Spurious);
            groups[i].Above =
            [
                .. groups[i].Band.Median.Select((_, row) => sweeps[i].Runs.Average(
                    run => row >= run.Trajectory.Count || run.Trajectory.Rows[row].Spurious > 0.5 ? 1.0 : 0.0)),
            ];
        }

        return new FigureResult
        {
            Table = CreateTable(groups),
            Chart = CreateChart(groups, request),
            Verdicts = Judge(groups),
            Sweeps = sweeps,
        };
    }

    /// <summary>What is trained, before anything is computed.</summary>
    internal OrderGroup[] Groups(ulong seed) =>
    [
        .. Spreads.SelectMany(spread => Orders.Select(order => new OrderGroup(
            order.Name, common with { Seed = seed, Spread = spread, EnvironmentOrder = order.Kind, BlockLength = order.Block }))),
    ];

    private CsvTable CreateTable(OrderGroup[] groups)
    {
        CsvTable table = new("spread", "environment_order", "step", "median", "q10", "q90", "share_of_runs_above_half");
        foreach (OrderGroup group in groups)
        {
            for (int row = 0; row < group.Above.Length; row++)
            {
                table.Add(
                    Texts.Of(group.Recipe.Spread),
                    group.Name,
                    Texts.Of(row * common.Every),
                    CsvTable.Cell(group.Band.Median[row]),
                    CsvTable.Cell(group.Band.Low[row]),
                    CsvTable.Cell(group.Band.High[row]),
                    CsvTable.Cell(group.Above[row]));
            }
        }

        return table;
    }

    private Chart CreateChart(OrderGroup[] groups, FigureRequest request)
    {
        Axis share = Axis.Log("spurious share").From(1e-8, 30) with { NonPositive = NonPositive.Floor };
        Axis above = Axis.Linear("runs with a share above ½").From(0, 1);
        return new Chart(
            "The order of the environments",
            [
                .. Spreads.Select(spread => CreatePanel($"M = {Texts.Of(spread)}: spurious share", groups, spread, share, isShare: true)),
                .. Spreads.Select(spread => CreatePanel(
                    $"M = {Texts.Of(spread)}: share of the runs above ½", groups, spread, above, isShare: false)),
            ])
        {
            Subtitle = $"HeteroSGD, d = {common.Dimension}, r1 = r2 = 1, orthogonal, s = {Texts.Of(common.SpuriousMean)} ± M, "
                + $"η = {Texts.Of(common.StepSize)}, m = {common.Samples}",
            Caption = $"Above: median over {request.Seeds} seeds from {request.Seed}, with the 10–90 % band of the independent and the "
                + "cyclic order (exact-law measurements). Below: how many of these runs have a spurious share above ½ at that step.",
            Width = 1100,
            Columns = 2,
            SharedLegend = true,
        };
    }

    private static Panel CreatePanel(string title, OrderGroup[] groups, double spread, Axis vertical, bool isShare)
    {
        List<Series> bands = [], lines = [];
        foreach ((OrderGroup group, int slot) in groups.Where(g => g.Recipe.Spread == spread).Select((g, i) => (g, i)))
        {
            double[] steps = [.. group.Above.Select((_, row) => (double)(row * group.Recipe.Every))];

            // Six bands on top of each other could not be told apart.
            if (isShare && slot < 2)
            {
                bands.Add(new BandSeries(null, slot, steps, group.Band.Low, group.Band.High));
            }

            // The panels share a legend, which the upper ones fill.
            lines.Add(new LineSeries(isShare ? group.Name : null, slot, steps, isShare ? group.Band.Median : group.Above));
        }

        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, [.. bands, .. lines]);
    }

    private List<Verdict> Judge(OrderGroup[] groups)
    {
        OrderGroup Of(double spread, string name) => groups.Single(g => g.Recipe.Spread == spread && g.Name == name);
        OrderGroup independent = Of(8, "independent"), cyclic = Of(8, "cyclic"), shuffled = Of(8, "shuffled"), blocks = Of(8, "blocks of 20");
        string last = $"step {common.Steps}";
        List<Verdict> verdicts =
        [
            Verdict.Below($"M = 8, independent: median spurious share at {last}", independent.Band.Median[^1], 0.05),
            Verdict.Below($"M = 8, cyclic: median spurious share at {last}", cyclic.Band.Median[^1], 0.05),
            Verdict.Below($"M = 8, cyclic: 90 % quantile at {last}", cyclic.Band.High[^1], 0.05),
            Verdict.Below($"M = 8: decades of the 10–90 % band at {last}, cyclic over independent", Decades(cyclic) / Decades(independent), 1),
            Verdict.Below($"M = 8: decades of the 10–90 % band at {last}, shuffled over independent", Decades(shuffled) / Decades(independent), 1),
            Verdict.Above($"M = 8, blocks of 20: 90 % quantile at {last}", blocks.Band.High[^1], 0.5),
            Verdict.Above($"M = 8: runs above ½ at {last}, blocks of 20 less independent", blocks.Above[^1] - independent.Above[^1], 0),
        ];
        int middle = independent.Above.Length / 2;
        verdicts.AddRange(groups.SelectMany(group => new[] { middle, group.Above.Length - 1 }.Select(row => Verdict.Information(
            $"M = {Texts.Of(group.Recipe.Spread)}, {group.Name}: median at step {row * common.Every}, runs above ½ beside",
            group.Band.Median[row],
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * group.Above[row]:0.#} % above ½")))));
        return verdicts;
    }

    private static double Decades(OrderGroup group) => Math.Log10(group.Band.High[^1] / group.Band.Low[^1]);
}
