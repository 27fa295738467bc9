using Hetero.Core;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// Methods side by side on one problem: each a recipe, all with the same seeds, so that run j of every method has the same signals, and those of one algorithm meet the same
/// environments.
/// </summary>
/// <remarks>The numbers depend neither on the number of threads nor on what else is compared; the times do. Immutable and thread-safe for reading.</remarks>
/// <example>
/// <code>
/// RunRecipe problem = new() { Dimension = 40, Spread = 8 };
/// MethodComparison comparison = MethodComparison.Execute(
///     [new("hetero", problem), new("pooled", problem with { Algorithm = Algorithm.PooledSgd })], seeds: 20, threads: 4);
/// comparison.WriteTable(Console.Out);
/// </code>
/// </example>
public sealed class MethodComparison
{
    // What decides the signals, the laws of the environments and of the responses, and what is drawn of them: the problem.
    private static readonly string[] OfTheProblem =
    [
        "dimension", "invariant-rank", "spurious-rank", "orthogonal", "overlap", "eigenvalues", "neurons",
        "environments", "spurious-mean", "spread", "own-draws", "off-diagonal", "noise", "seed",
    ];

    private MethodComparison(IReadOnlyList<SeedSweep> methods)
    {
        Methods = methods;
        StepSeconds = [.. methods.Select(method => StepSecondsOf(method.Runs))];
    }

    /// <summary>Gets the methods with their runs, in the order given.</summary>
    public IReadOnlyList<SeedSweep> Methods { get; }

    /// <summary>Gets for each method the seconds of a step with what is recorded of it, the median over its runs while others ran beside them; NaN without a step.</summary>
    public IReadOnlyList<double> StepSeconds { get; }

    /// <summary>Refuses what cannot be compared, before anything is made.</summary>
    /// <param name="methods">The methods, one or more, of different names.</param>
    /// <param name="seeds">The number of runs of each, 1 or more.</param>
    /// <param name="threads">How many runs at the same time, 1 or more.</param>
    /// <exception cref="ArgumentException">There is no method, two have one name, or a number is below 1.</exception>
    /// <exception cref="RecipeException">
    /// A recipe is refused, a seed is beyond 2⁶⁴ − 1, two recipes have different problems, or the runs at the same time and all rows take more memory than a run may.
    /// </exception>
    public static void Check(IReadOnlyList<SeedSweep> methods, int seeds, int threads)
    {
        ArgumentNullException.ThrowIfNull(methods);
        Guard.AtLeast(methods.Count, 1, "methods.Count");
        Guard.AtLeast(seeds, 1);
        Guard.AtLeast(threads, 1);
        if (methods.GroupBy(method => method.Title).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"'{nameof(methods)}' has '{twice.Key}' {twice.Count()} times; accepted is every name once.", nameof(methods));
        }

        foreach (SeedSweep method in methods)
        {
            Runner.Check(method.Recipe);
            CheckIsOfOneProblem(method, methods[0]);
        }

        // Refuses a last seed beyond the range.
        _ = RunBatch.OverSeeds(methods[0].Recipe, seeds);
        CheckMemory(methods, seeds, threads);
    }

    /// <summary>Trains all methods over the seeds.</summary>
    /// <param name="methods">The methods, one or more, of different names; the seed of their recipes is the first one.</param>
    /// <param name="seeds">The number of runs of each, 1 or more.</param>
    /// <param name="threads">How many runs at the same time, 1 or more; the numbers do not depend on it.</param>
    /// <param name="progress">Receives the share of the work that is done, from 0 to 1, from any thread; null for none.</param>
    /// <param name="cancellation">Ends the work; then nothing comes back.</param>
    /// <exception cref="ArgumentException">There is no method, two have one name, or a number is below 1.</exception>
    /// <exception cref="RecipeException">Something is refused, as <see cref="Check"/> says.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static MethodComparison Execute(
        IReadOnlyList<SeedSweep> methods, int seeds, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Check(methods, seeds, threads);
        SweepBatch.Execute(methods, seeds, threads, progress, cancellation);
        return new MethodComparison([.. methods]);
    }

    /// <summary>Writes a row of CSV for each method: how its runs ended, and median, 10 % and 90 % quantile of each number of the last row; a run that diverged counts as +∞.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTable(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        string[] parts = ["median", "q10", "q90"];
        CsvTable table = new([
            "method", "seeds", "completed", "diverged", "step",
            .. from quantity in RowQuantity.All from part in parts select $"{quantity.Name}_{part}",
        ]);
        foreach (SeedSweep method in Methods)
        {
            table.Add([
                method.Title,
                Texts.Of(method.Runs.Count),
                Texts.Of(method.Runs.Count - method.Diverged),
                Texts.Of(method.Diverged),
                Texts.Of(method.Recipe.Steps),
                .. RowQuantity.All.SelectMany(quantity => Cells(method.Band(quantity.Of), ^1)),
            ]);
        }

        table.Write(writer);
    }

    /// <summary>Writes the same quantiles at every recorded step as CSV, a row for each method, step and quantity.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteBands(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CsvTable table = new("method", "step", "quantity", "median", "q10", "q90");
        foreach (SeedSweep method in Methods)
        {
            QuantileBand[] bands = [.. RowQuantity.All.Select(quantity => method.Band(quantity.Of))];
            for (int row = 0; row < method.RecordedSteps.Count; row++)
            {
                for (int i = 0; i < bands.Length; i++)
                {
                    table.Add([method.Title, Texts.Of(method.RecordedSteps[row]), RowQuantity.All[i].Name, .. Cells(bands[i], row)]);
                }
            }
        }

        table.Write(writer);
    }

    /// <summary>Writes a row of CSV for each run: its method and seed, how it ended and after which step, and its last row, infinite for one that diverged.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteRuns(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SeedTable.Of(Methods).Write(writer);
    }

    /// <summary>NaN is what a run has no number for.</summary>
    private static IEnumerable<string> Cells(QuantileBand band, Index row)
        => new[] { band.Median[row], band.Low[row], band.High[row] }.Select(value => CsvTable.Cell(double.IsNaN(value) ? null : value));

    private static double StepSecondsOf(IReadOnlyList<RecordedRun> runs)
    {
        double[] seconds = [.. runs.Where(run => run.Outcome.Step > 0).Select(run => run.Seconds / run.Outcome.Step).Order()];
        return seconds.Length > 0 ? Quantiles.OfSorted(seconds, 0.5) : double.NaN;
    }

    private static void CheckIsOfOneProblem(SeedSweep method, SeedSweep first)
    {
        RunRecipe own = method.Recipe.Resolve(), common = first.Recipe.Resolve();
        foreach (RunOption option in OfTheProblem.Select(name => RunOptions.Find(name)!))
        {
            (string? found, string? accepted) = (option.TextOf(own), option.TextOf(common));
            if (found != accepted)
            {
                throw RecipeException.Of(
                    option.CommandName, found ?? "none", $"{accepted ?? "none"} in '{method.Title}', as in '{first.Title}': methods are compared on one problem");
            }
        }

        if (own.Environments != common.Environments)
        {
            throw RecipeException.Of(
                "--environments", own.EnvironmentsText, $"the list of '{first.Title}' in '{method.Title}': methods are compared on one problem");
        }
    }

    /// <summary>All rows are kept to the end, beside the largest run on every thread.</summary>
    private static void CheckMemory(IReadOnlyList<SeedSweep> methods, int seeds, int threads)
    {
        MemoryEstimate[] estimates = [.. methods.Select(method => MemoryEstimate.Of(method.Recipe))];
        Int128 rows = 0, run = 0;
        foreach (MemoryEstimate estimate in estimates)
        {
            rows += estimate.Rows * seeds;
            run = Int128.Max(run, estimate.Total - estimate.Rows);
        }

        long atOnce = Math.Min(threads, (long)methods.Count * seeds), limit = methods.Max(method => method.Recipe.MemoryLimit);
        if (rows + (run * atOnce) > limit)
        {
            throw new RecipeException(
                $"a comparison of {methods.Count} with {seeds} '--seeds' needs {ByteSize.Of(rows)} for their rows ('--every') and {ByteSize.Of(run)} for each of the "
                + $"{atOnce} runs at the same time ('--threads'); accepted is what fits into '--memory', {ByteSize.Of(limit)}.");
        }
    }
}
