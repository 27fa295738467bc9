using Hetero.Core;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Sweeps;

/// <summary>What a sweep keeps of a run: how it ended, its last row, and its time averages.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RunSummary
{
    private readonly double[] _last;
    private readonly double[] _means;

    /// <summary>Takes numbers in the order of <see cref="RowQuantity.All"/>.</summary>
    internal RunSummary(string status, int step, double[] last, double[] means) => (Status, Step, _last, _means) = (status, step, last, means);

    /// <summary>Gets the word for how it ended: completed or diverged.</summary>
    public string Status { get; }

    /// <summary>Gets the step after which it ended.</summary>
    public int Step { get; }

    /// <summary>Whether it came to its last step.</summary>
    internal bool IsWhole => Status == Word(TrainingStatus.Completed);

    /// <summary>The words that <see cref="Status"/> may have.</summary>
    private static bool IsStatus(string word) => word == Word(TrainingStatus.Completed) || word == Word(TrainingStatus.Diverged);

    /// <summary>Takes what a sweep keeps of a run.</summary>
    /// <param name="run">The run, completed or diverged.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="averageFrom">The share of the steps after which recorded rows count in the time averages, 0 to 1.</param>
    /// <exception cref="ArgumentException">The share is out of range, or the run was cancelled or failed.</exception>
    public static RunSummary Of(RecordedRun run, RunRecipe recipe, double averageFrom = SweepGrid.SecondHalf)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(recipe);
        Guard.InRange(averageFrom, 0.0, 1.0);
        if (!IsStatus(run.Status))
        {
            throw new ArgumentException($"'{nameof(run)}' is {run.Status}; accepted is a run that was completed or diverged.", nameof(run));
        }

        int count = RowQuantity.All.Count;
        double[] last = new double[count], means = new double[count];
        if (run.Outcome.Status != TrainingStatus.Completed)
        {
            // As in quantiles, it counts as infinite.
            Array.Fill(last, double.PositiveInfinity);
            Array.Fill(means, double.PositiveInfinity);
            return new RunSummary(run.Status, run.Outcome.Step, last, means);
        }

        ReadOnlySpan<TrajectoryRow> rows = run.Trajectory.Rows;
        int first = FirstStep(recipe, averageFrom), number = 0;
        foreach (ref readonly TrajectoryRow row in rows)
        {
            if (row.Step >= first)
            {
                number++;
                for (int i = 0; i < count; i++)
                {
                    means[i] += RowQuantity.All[i].Of(row);
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            means[i] /= number;
            last[i] = RowQuantity.All[i].Of(rows[^1]);
        }

        return new RunSummary(run.Status, run.Outcome.Step, last, means);
    }

    /// <summary>Returns a quantity of the last row; +∞ for a run that diverged, NaN where a run has no such number.</summary>
    /// <param name="quantity">The quantity.</param>
    public double Last(RowQuantity quantity) => _last[IndexOf(quantity)];

    /// <summary>Returns the time average of a quantity; +∞ for a run that diverged, NaN where a run has no such number.</summary>
    /// <param name="quantity">The quantity.</param>
    public double Mean(RowQuantity quantity) => _means[IndexOf(quantity)];

    /// <summary>The first step whose row counts in the time averages.</summary>
    /// <remarks>A share of 0.55 is to be 110 of 200 steps, and not the next one because its product is a rounding above.</remarks>
    internal static int FirstStep(RunRecipe recipe, double averageFrom) => (int)Math.Ceiling(Math.Round(averageFrom * recipe.Steps, 6));

    /// <summary>The names of all numbers, as headers of tables have them.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. RowQuantity.All.Select(quantity => quantity.Name), .. RowQuantity.All.Select(quantity => $"{quantity.Name}_mean")];

    /// <summary>All numbers in the order of their names.</summary>
    internal IEnumerable<double> Numbers => _last.Concat(_means);

    private static string Word(TrainingStatus status) => status.ToString().ToLowerInvariant();

    private static int IndexOf(RowQuantity quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return RowQuantity.All.Index().First(pair => pair.Item == quantity).Index;
    }
}
