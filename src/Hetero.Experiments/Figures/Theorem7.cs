using Hetero.Core.Problems;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Theorem 7 and Algorithm 4: the two-layer network with quadratic activation, heterogeneous and pooled, with τ known, estimated and as printed, truncated at
/// two levels, from the start of the algorithm and that of the
/// theorem.
/// </summary>
/// <param name="common">The recipe that all groups share; smaller ones than the figure's are for tests.</param>
internal sealed class Theorem7(RunRecipe common) : Figure<NetworkGroup[]>
{
    /// <summary>The level of Lemma 20 at δ = 0.01, log(1/δ).</summary>
    internal const double PrintedLevel = 4.605;

    /// <summary>A level that leaves hardly a sample out.</summary>
    internal const double MildLevel = 20;

    private const string Known = "HeteroSGD, τ known";
    private const string Estimated = "HeteroSGD, τ estimated";
    private const string Printed = "HeteroSGD, τ as printed";
    private const string Pooled = "PooledSGD";
    private const string Mild = "R = 20";
    private const string Lemma = "R = log(1/δ)";
    private const string Start = "start UUᵀ = αI";
    private const string Own = "own weights";

    /// <summary>The experiment. In single precision: what the figure shows is far above its round-off.</summary>
    public Theorem7()
        : this(new RunRecipe
        {
            Model = ModelKind.QuadraticNetwork,
            Measurements = MeasurementKind.RankOne,
            Neurons = true,
            Dimension = 60,
            InvariantRank = 2,
            SpuriousRank = 2,
            SpuriousMean = 0.5,
            Spread = 4,
            Steps = 160,
            Every = 2,
            Precision = Precision.Single,
        })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "theorem7";

    public override string Description
        => $"the two-layer network with quadratic activation (d = {common.Dimension}, r1 = r2 = {common.InvariantRank}, a quarter of the seeds)";

    /// <summary>Runs take half a second: a quarter of the seeds, 50 of 200, is enough for medians.</summary>
    public override long SeedCount(int seeds) => Math.Max(1, seeds / 4);

    public override int LeastSeeds => 40;

    public override (FigureNumbers Numbers, NetworkGroup[] Data) Compute(FigureRequest request)
    {
        NetworkGroup[] groups = Groups(request.Seed);
        SeedSweep[] sweeps = [.. groups.Select(group => new SeedSweep(group.Name, group.Recipe))];
        (request with { Seeds = (int)SeedCount(request.Seeds) }).Train(sweeps);
        for (int i = 0; i < groups.Length; i++)
        {
            Summarize(groups[i], sweeps[i]);
        }

        return (new FigureNumbers { Table = CreateTable(groups), Verdicts = Judge(groups), Sweeps = sweeps }, groups);
    }

    /// <summary>What is trained, before anything is computed.</summary>
    internal NetworkGroup[] Groups(ulong seed)
    {
        RunRecipe recipe = common with { Seed = seed };
        return
        [
            new(Known, recipe),
            new(Estimated, recipe with { ShrinkageTrace = TraceKind.ResponseMean }),
            new(Printed, recipe with { ShrinkageTrace = TraceKind.OperatorNorm }),
            new(Pooled, recipe with { Algorithm = Algorithm.PooledSgd }),
            new(Mild, recipe with { Truncation = MildLevel }),
            new(Lemma, recipe with { Truncation = PrintedLevel }),
            new(Start, recipe with { InitialScale = Math.Sqrt(recipe.InitialScale) }),
            new(Own, recipe with { OwnDraws = true }),
        ];
    }

    private static void Summarize(NetworkGroup group, SeedSweep sweep)
    {
        int rows = sweep.RecordedSteps.Count, r1 = group.Recipe.InvariantRank, r2 = group.Recipe.SpuriousRank;
        double[] norms = [.. sweep.Runs.Select((_, i) => SignalNorm(group.Recipe, (ulong)i))];
        QuantileBand Of(Func<Trajectory, int, int, double> quantity) => QuantileBand.Of(
            [.. sweep.Runs.Select((run, i) => Enumerable.Range(0, rows).Select(
                row => row < run.Trajectory.Count ? quantity(run.Trajectory, row, i) : double.PositiveInfinity).ToArray())]);

        group.Error = Of((trajectory, row, run) => trajectory.Rows[row].Error / norms[run]);
        group.Invariant = Of((trajectory, row, _) => Mean(trajectory.GetColumns(row)[..r1]));
        group.Variant = Of((trajectory, row, _) => Mean(trajectory.GetColumns(row).Slice(r1, r2)));
        group.Diverged = sweep.Diverged;
        group.LeftOut = group.Recipe.Truncation is null ? 0 : sweep.Runs
            .Where(run => run.Outcome.Status == TrainingStatus.Completed)
            .Select(run => Enumerable.Range(0, rows).Max(row => run.Trajectory.GetColumns(row)[^1]) / group.Recipe.Samples)
            .DefaultIfEmpty(double.PositiveInfinity)
            .Max();
    }

    /// <summary>‖A*‖_F of a run.</summary>
    private static double SignalNorm(RunRecipe recipe, ulong run)
    {
        double squares = 0;
        foreach (double eigenvalue in QuadraticNeurons.Draw(recipe.Dimension, recipe.InvariantRank, recipe.SpuriousRank, recipe.Seed + run).Problem.Eigenvalues)
        {
            squares += eigenvalue * eigenvalue;
        }

        return Math.Sqrt(squares);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private CsvTable CreateTable(NetworkGroup[] groups)
    {
        CsvTable table = new("runs", "step", "quantity", "median", "q10", "q90");
        foreach (NetworkGroup group in groups)
        {
            (string Name, QuantileBand Band)[] quantities = [("relative_error", group.Error), ("invariant_weight", group.Invariant), ("variant_weight", group.Variant)];
            for (int row = 0; row < group.Error.Median.Length; row++)
            {
                foreach ((string name, QuantileBand band) in quantities)
                {
                    table.Add(
                        group.Name,
                        Texts.Of(Math.Min(row * common.Every, common.Steps)),
                        name,
                        CsvTable.Cell(band.Median[row]),
                        CsvTable.Cell(band.Low[row]),
                        CsvTable.Cell(band.High[row]));
                }
            }
        }

        return table;
    }

    /// <remarks>
    /// With D = −A^(e) on the variant neurons a step multiplies them by 1 + 2ηs/(1 − η·tr D): for s = 0.5 ± 4 shared by both, 1.29 and 0.53 at the start, so
    /// that they die out; those of A* grow by 0.09 in the
    /// logarithm. With τ = ‖A* + A^(e)‖ the multipliers of A* are 1.65/1.225 and 0.85/1.175 instead, whose logarithms have a mean below 0.
    /// </remarks>
    internal List<Verdict> Judge(NetworkGroup[] groups)
    {
        NetworkGroup Of(string name) => groups.Single(group => group.Name == name);
        NetworkGroup known = Of(Known), estimated = Of(Estimated), printed = Of(Printed), pooled = Of(Pooled), mild = Of(Mild), lemma = Of(Lemma);
        string last = $"step {common.Steps}";
        List<Verdict> verdicts =
        [
            Verdict.Below($"{Known}: median relative error to A* at {last}", known.Error.Median[^1], 0.35),
            Verdict.Below($"{Known}: median weight on variant neurons at {last}", known.Variant.Median[^1], 0.1),
            Verdict.Below($"{Estimated}: median relative error at {last}", estimated.Error.Median[^1], 0.35),
            Verdict.Below($"{Estimated}: median weight on variant neurons at {last}", estimated.Variant.Median[^1], 0.1),
            Verdict.Below($"median relative errors at {last}, estimated less known", estimated.Error.Median[^1] - known.Error.Median[^1], 0.05),
            Verdict.Above($"{Printed}: median relative error at {last} (nothing is learned: 1)", printed.Error.Median[^1], 0.9),
            Verdict.Below($"{Printed}: median weight on invariant neurons at {last}", printed.Invariant.Median[^1], 0.1),
            Verdict.Above($"{Pooled}: median weight on variant neurons at {last}", pooled.Variant.Median[^1], 0.2),
            Verdict.Below($"{Mild}: largest share of a step's samples left out", mild.LeftOut, 0.01),
            Verdict.Between($"{Mild}: median relative error at {last} over that without truncation", mild.Error.Median[^1] / known.Error.Median[^1], 0.95, 1.05),
            Verdict.Information(
                $"{Lemma} at δ = 0.01: median relative error at {last}", lemma.Error.Median[^1], "above that without truncation"),
            Verdict.Information($"{Lemma}: largest share of a step's samples left out", lemma.LeftOut, "about 0.1: P(χ²₂ > R)"),
            Verdict.Information($"{Own}: median relative error at {last}", Of(Own).Error.Median[^1], "each variant neuron draws its own weight"),
            Verdict.Information($"{Own}: median weight on variant neurons at {last}", Of(Own).Variant.Median[^1], "each variant neuron draws its own weight"),
        ];
        verdicts.AddRange(groups.Select(group => Verdict.Information($"{group.Name}: runs that diverged", group.Diverged, "counted as infinite")));
        return verdicts;
    }
}
