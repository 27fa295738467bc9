using System.Globalization;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The late spurious share over M and η at m = ∞ and at a finite m, beside the curve E log|1 + ηs| = 0, beyond which the spurious part dies out at m = ∞, and
/// beside what the noise of a finite m is predicted to leave there.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="time">The η·t of a run.</param>
/// <param name="rows">The number of step sizes.</param>
/// <param name="columns">The number of M.</param>
internal sealed class PhaseDiagram(RunRecipe common, double time, int rows, int columns) : Figure<PhaseDiagramData>
{
    /// <summary>The step sizes of which the measured boundary is judged.</summary>
    internal const double LeastStepSize = 0.02, LargestJudged = 0.1;

    /// <summary>The range of M.</summary>
    internal const double LeastSpread = 3, LargestSpread = 15;

    // 0.02·5^1.5, so that of 16 step sizes one is 0.1.
    private const double LargestStepSize = 0.2236068, Within = 0.08, SafeUpper = 0.85;
    private const int Draws = 20, RowsOfRun = 200;

    /// <summary>The figure.</summary>
    public PhaseDiagram()
        : this(new RunRecipe { Dimension = 40, Orthogonal = true }, 80, 16, 24)
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>The η·t of a run.</summary>
    internal double Time => time;

    public override string Name => "phase-diagram";

    public override string Description
        => $"the late spurious share over M and η, with the predicted boundary (m = ∞ with a quarter of the seeds; d = {common.Dimension}, m = {common.Samples} with a twentieth)";

    public override long SeedCount(int seeds) => Math.Max(1, seeds / 4);

    public override int LeastSeeds => 200;

    /// <summary>The seeds of finite m.</summary>
    internal static int FewSeeds(int seeds) => Math.Max(1, seeds / 20);

    public override (FigureNumbers Numbers, PhaseDiagramData Data) Compute(FigureRequest request)
    {
        double[] stepSizes = Spaced(LeastStepSize, LargestStepSize, rows, 4), spreads = Spaced(LeastSpread, LargestSpread, columns, 2);
        SeedSweep[] sweeps = [.. from stepSize in stepSizes from spread in spreads select Sweep(stepSize, spread, request.Seed)];
        int few = FewSeeds(request.Seeds);
        SweepBatch.Execute(sweeps, few, request.Threads, request.Progress, request.Cancellation);
        double[] predicted = new double[sweeps.Length];
        double[][] population = new double[sweeps.Length][];
        request.InParallel(sweeps.Length, i =>
        {
            predicted[i] = Predict(sweeps[i], few, request.Cancellation);
            population[i] = OfPopulation(sweeps[i], (int)SeedCount(request.Seeds), request.Cancellation);
        });
        PhaseDiagramData data = new(
            Grid(i => new(AtPopulation(sweeps[i].Recipe), [.. population[i].Order()])),
            Grid(i => new(sweeps[i].Recipe, sweeps[i].LateMeans(row => row.Spurious), predicted[i])),
            Grid(i => new(AtPopulation(sweeps[i].Recipe), [.. population[i].Take(few).Order()])));
        RunGroup[] groups =
        [
            .. sweeps.SelectMany(sweep => sweep.Describe()),
            .. data.Population.Cells.Select((cell, i) => new RunGroup($"{sweeps[i].Title}, m = ∞", cell.Recipe, cell.LateShares.Length, cell.Diverged)),
        ];
        return (new FigureNumbers { Table = CreateTable(data), Verdicts = Judge(data), Sweeps = sweeps, Runs = groups, Constants = [("noise-draws", Draws)] }, data);

        PhaseGrid Grid(Func<int, PhaseCell> cell) => new(stepSizes, spreads, [.. Enumerable.Range(0, sweeps.Length).Select(cell)]);
    }

    /// <summary>Numbers at equal ratios, rounded so that they can be typed.</summary>
    internal static double[] Spaced(double first, double last, int count, int decimals)
        => [.. Enumerable.Range(0, count).Select(i => Math.Round(first * Math.Pow(last / first, i / (count - 1.0)), decimals))];

    private SeedSweep Sweep(double stepSize, double spread, ulong seed)
    {
        int steps = (int)Math.Ceiling(Math.Round(time / stepSize, 6));
        return new(
            $"η = {Texts.Of(stepSize)}, M = {Texts.Of(spread)}",
            common with { Seed = seed, StepSize = stepSize, Spread = spread, Steps = steps, Every = Math.Max(1, steps / RowsOfRun) });
    }

    private static RunRecipe AtPopulation(RunRecipe recipe) => recipe with { Measurements = MeasurementKind.Population };

    /// <summary>The late share of each seed at m = ∞.</summary>
    private static double[] OfPopulation(SeedSweep sweep, int seeds, CancellationToken cancellation)
    {
        PopulationPath path = PopulationPath.Create(sweep);
        int count = sweep.RecordedSteps.Count, first = count / 2;
        double[] shares = new double[seeds];
        for (int i = 0; i < seeds; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double sum = 0;
            path.Run(sweep.Recipe.Seed + (ulong)i, (row, state) => sum += row >= first ? state.SpuriousShare : 0);
            shares[i] = sum / (count - first);
        }

        return shares;
    }

    private static double Predict(SeedSweep sweep, int seeds, CancellationToken cancellation)
    {
        NoisyPopulation noisy = new(sweep);
        return Quantiles.OfSorted([.. Shares().Order()], 0.5);

        IEnumerable<double> Shares() => Enumerable.Range(0, seeds).SelectMany(i =>
        {
            cancellation.ThrowIfCancellationRequested();
            return noisy.LateShares(sweep.Recipe.Seed + (ulong)i, Draws);
        });
    }

    private static CsvTable CreateTable(PhaseDiagramData data)
    {
        CsvTable table = new(
            "samples", "step_size", "spread", "steps",
            "predicted_lower", "predicted_upper", "measured_lower", "measured_upper", "exponent", "tail_exponent", "median", "q10", "q90", "predicted_median", "diverged");
        foreach (PhaseGrid grid in new[] { data.Population, data.Samples })
        {
            for (int row = 0; row < grid.StepSizes.Count; row++)
            {
                (double lower, double upper) = StabilityThreshold.TwoPointSpreads(grid.Cells[0].Recipe.SpuriousMean, grid.StepSizes[row]);
                foreach (PhaseCell cell in grid.Row(row))
                {
                    RunRecipe recipe = cell.Recipe;
                    table.Add(
                        recipe.Measurements == MeasurementKind.Population ? "Infinity" : Texts.Of(recipe.Samples),
                        Texts.Of(recipe.StepSize),
                        Texts.Of(recipe.Spread),
                        Texts.Of(recipe.Steps),
                        CsvTable.Cell(Math.Round(lower, 6)),
                        CsvTable.Cell(Math.Round(upper, 6)),
                        CsvTable.Cell(grid.Lower(row)),
                        CsvTable.Cell(grid.Upper(row)),
                        CsvTable.Cell(Math.Round(MultiplierGrowth.LyapunovExponent(cell.Law, recipe.StepSize), 6)),
                        CsvTable.Cell(MultiplierGrowth.TailExponent(cell.Law, recipe.StepSize) is { } tail ? Math.Round(tail, 6) : null),
                        CsvTable.Cell(cell.Median),
                        CsvTable.Cell(cell.Quantile(0.1)),
                        CsvTable.Cell(cell.Quantile(0.9)),
                        CsvTable.Cell(cell.Predicted),
                        Texts.Of(cell.Diverged));
                }
            }
        }

        return table;
    }

    /// <summary>What must be seen.</summary>
    internal static Verdict[] Judge(PhaseDiagramData data)
        => [.. Enumerable.Range(0, data.Population.StepSizes.Count).SelectMany(row => JudgeEnds(data.Population, row)), JudgeSides(data.Population), .. JudgeSamples(data)];

    private static IEnumerable<Verdict> JudgeEnds(PhaseGrid grid, int row)
    {
        double stepSize = grid.StepSizes[row];
        (double lower, double upper) = grid.Row(row)[0].Window;
        yield return OfEnd(
            $"m = ∞, η = {stepSize}: measured lower M over the predicted {lower:0.00}", (grid.Lower(row) ?? double.NaN) / lower, stepSize <= LargestJudged);
        if (grid.Upper(row) is { } measured)
        {
            yield return Verdict.Information(
                string.Create(CultureInfo.InvariantCulture, $"m = ∞, η = {stepSize}: measured upper M over the predicted {upper:0.00}"),
                measured / upper,
                "1 or a little less: an excursion to the order of 1 diverges there");
        }
    }

    private static Verdict OfEnd(FormattableString quantity, double ratio, bool isJudged)
    {
        string text = quantity.ToString(CultureInfo.InvariantCulture);
        return isJudged ? Verdict.Between(text, ratio, 1 - Within, 1 + Within) : Verdict.Information(text, ratio, $"1, judged up to η = {Texts.Of(LargestJudged)}");
    }

    private static Verdict JudgeSides(PhaseGrid grid) => Verdict.Below(
        $"m = ∞: cells on the wrong side of 0.001, of those 8 % or more from the lower M and below {Texts.Of(SafeUpper)} of the upper one",
        grid.Cells.Count(cell => cell.Recipe.Spread < (1 - Within) * cell.Window.Lower
            ? cell.Median < MomentumCase.Gone
            : cell.Recipe.Spread > (1 + Within) * cell.Window.Lower && cell.Recipe.Spread < SafeUpper * cell.Window.Upper && cell.Median >= MomentumCase.Gone),
        1);

    private static IEnumerable<Verdict> JudgeSamples(PhaseDiagramData data)
    {
        string m = $"m = {Texts.Of(data.Samples.Cells[0].Recipe.Samples)}";
        double[] growing = [.. Pairs(cell => cell.Recipe.Spread < 0.8 * cell.Window.Lower).Select(pair => pair.Samples.Median / pair.SameSeeds.Median)];
        yield return Verdict.Above($"{m}: median late share over that of the same seeds at m = ∞, M below 0.8 of the lower one, least", growing.Min(), 0.8);
        yield return Verdict.Below($"{m}: the same, largest", growing.Max(), 1.25);
        (PhaseCell Samples, PhaseCell SameSeeds)[] dying =
            [.. Pairs(cell => cell.Recipe.Spread > 1.1 * cell.Window.Lower && cell.Recipe.Spread * cell.Recipe.StepSize < 0.9)];
        yield return Verdict.Above(
            $"{m}: median late share, M above 1.1 of the lower one and below 0.9/η, least of {dying.Length} cells", dying.Min(pair => pair.Samples.Median), 2e-4);
        yield return Verdict.Between(
            $"{m}: the same over the prediction with noise, geometric mean",
            Math.Exp(dying.Average(pair => Math.Log(pair.Samples.Median / pair.Samples.Predicted!.Value))),
            0.5,
            2);
        yield return Verdict.Below(
            $"{m}: share of the cells where the median run diverges either measured or predicted with noise, but not both",
            data.Samples.Cells.Average(cell => double.IsPositiveInfinity(cell.Median) != double.IsPositiveInfinity(cell.Predicted!.Value) ? 1 : 0),
            0.06);

        IEnumerable<(PhaseCell Samples, PhaseCell SameSeeds)> Pairs(Func<PhaseCell, bool> isMeant)
            => data.Samples.Cells.Zip(data.SameSeeds.Cells).Where(pair => isMeant(pair.First));
    }
}
