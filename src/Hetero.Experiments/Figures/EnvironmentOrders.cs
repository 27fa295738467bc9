using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Whether the order of the environments matters. While the spurious part is small its logarithm is Σ log|1 + ηs_t|, the same on average for every
/// order; a cyclic order has no fluctuations, blocks of K have K times the variance. Fluctuations upwards meet saturation, those downwards are
/// filled up by the error of finite batches, so that more of them leave more spurious signal.
/// </summary>
/// <param name="common">The recipe that all groups share; smaller ones than the figure's are for tests.</param>
internal sealed class EnvironmentOrders(RunRecipe common) : Figure<OrderGroup[]>
{
    /// <summary>The half-widths M.</summary>
    internal static readonly double[] Spreads = [6, 8];

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

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "environment-order";

    public override string Description => $"independent, cyclic, shuffled and blocked environments (M = 6 and 8, d = {common.Dimension}, r1 = r2 = 1)";

    public override (FigureNumbers Numbers, OrderGroup[] Data) Compute(FigureRequest request)
    {
        OrderGroup[] groups = Groups(request.Seed);
        SeedSweep[] sweeps =
        [
            .. groups.Select(group => new SeedSweep(
                $"M = {Texts.Of(group.Recipe.Spread)}, {group.Name}", group.Recipe with { Seed = request.Seed }, withSingleRun: false)),
        ];
        request.Train(sweeps);
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i].Band = sweeps[i].Band(row => row.Spurious);
            groups[i].Above =
            [
                .. groups[i].Band.Median.Select((_, row) => sweeps[i].Runs.Average(
                    run => row >= run.Trajectory.Count || run.Trajectory.Rows[row].Spurious > 0.5 ? 1.0 : 0.0)),
            ];
        }

        return (new FigureNumbers { Table = CreateTable(groups), Verdicts = Judge(groups), Sweeps = sweeps }, groups);
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
