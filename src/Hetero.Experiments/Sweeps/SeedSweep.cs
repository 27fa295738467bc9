using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// Runs that differ in their seed alone, and on request one of them again with every measurement drawn. <see cref="SweepBatch"/> trains one or many of
/// them on all cores.
/// </summary>
/// <param name="title">What they are called in a manifest.</param>
/// <param name="recipe">The recipe of the first seed; run j has the seed of the recipe plus j.</param>
/// <param name="withSingleRun">Whether the first seed is repeated with regenerated measurements, so that nobody has to take the exact law on trust.</param>
/// <remarks>The numbers depend neither on the number of threads nor on what else is trained beside them. Not thread-safe until it is trained.</remarks>
/// <example>
/// <code>
/// SeedSweep sweep = new("M = 8", new RunRecipe { Dimension = 40, Spread = 8 });
/// SweepBatch.Execute([sweep], seeds: 20, threads: 4);
/// QuantileBand spurious = sweep.Band(row => row.Spurious);
/// Console.WriteLine($"{spurious.Median[^1]} ({spurious.Low[^1]} to {spurious.High[^1]})");
/// </code>
/// </example>
public sealed class SeedSweep(string title, RunRecipe recipe, bool withSingleRun = false)
{
    /// <summary>Gets what the runs are called in a manifest.</summary>
    public string Title { get; } = title ?? throw new ArgumentNullException(nameof(title));

    /// <summary>Gets the recipe of the first seed.</summary>
    public RunRecipe Recipe { get; } = recipe ?? throw new ArgumentNullException(nameof(recipe));

    /// <summary>Gets the recipe of the single run; null for none.</summary>
    public RunRecipe? SingleRecipe => withSingleRun ? Recipe with { Measurements = MeasurementKind.Regenerated } : null;

    /// <summary>Gets the runs in the order of their seeds, once they are done.</summary>
    public IReadOnlyList<RecordedRun> Runs { get; internal set; } = [];

    /// <summary>Gets the single run, once it is done.</summary>
    public RecordedRun? Single { get; internal set; }

    /// <summary>Gets the recorded steps of a run that does not diverge.</summary>
    public IReadOnlyList<int> RecordedSteps { get; } = StepsOf(recipe);

    /// <summary>Gets the number of runs that diverged.</summary>
    public int Diverged => Runs.Count(run => run.Outcome.Status == TrainingStatus.Diverged);

    /// <summary>Summarizes a quantity at each recorded step.</summary>
    /// <param name="quantity">What to summarize.</param>
    public QuantileBand Band(Func<TrajectoryRow, double> quantity) => QuantileBand.Of(Runs, RecordedSteps.Count, quantity);

    /// <summary>Returns a quantity of the single run at a recorded step; null after it diverged, or if there is none.</summary>
    /// <param name="row">The 0-based row.</param>
    /// <param name="quantity">What to return.</param>
    public double? SingleAt(int row, Func<TrajectoryRow, double> quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return Single is { } single && row < single.Trajectory.Count ? quantity(single.Trajectory.Rows[row]) : null;
    }

    /// <summary>Returns for each run the mean of a quantity over the rows of its second half; +∞ for a run that diverged. Ascending.</summary>
    /// <param name="quantity">What to average.</param>
    public double[] LateMeans(Func<TrajectoryRow, double> quantity) => [.. Runs.Select(run => LateMean(run, quantity)).Order()];

    /// <summary>Says what was trained: the sweep, and the single run.</summary>
    public IEnumerable<RunGroup> Describe()
    {
        yield return new RunGroup(Title, Recipe, Runs.Count, Diverged);
        if (SingleRecipe is { } single)
        {
            yield return new RunGroup($"{Title}, single run", single, 1, Single!.Outcome.Status == TrainingStatus.Diverged ? 1 : 0);
        }
    }

    private static int[] StepsOf(RunRecipe recipe)
    {
        RecipeCheck.CheckValues(recipe);
        return
        [
            .. Enumerable.Range(0, (recipe.Steps / recipe.Every) + 1).Select(row => row * recipe.Every),
            .. recipe.Steps % recipe.Every == 0 ? Array.Empty<int>() : [recipe.Steps],
        ];
    }

    private static double LateMean(RecordedRun run, Func<TrajectoryRow, double> quantity)
    {
        if (run.Outcome.Status == TrainingStatus.Diverged)
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<TrajectoryRow> rows = run.Trajectory.Rows[(run.Trajectory.Count / 2)..];
        double sum = 0;
        foreach (TrajectoryRow row in rows)
        {
            sum += quantity(row);
        }

        return sum / rows.Length;
    }
}
