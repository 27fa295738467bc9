using System.Globalization;
using Hetero.Core.Training;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>Sweeps seed by seed: how each run ended, and its last row.</summary>
internal static class SeedTable
{
    /// <summary>Makes the table, a row for each run in the order of the sweeps and their seeds, the single run last.</summary>
    public static CsvTable Of(IEnumerable<SeedSweep> sweeps)
    {
        CsvTable table = new(["runs", "seed", "status", "step", .. RowQuantity.All.Select(quantity => quantity.Name)]);
        foreach (SeedSweep sweep in sweeps)
        {
            for (int i = 0; i < sweep.Runs.Count; i++)
            {
                Add(table, sweep.Title, sweep.Recipe.Seed + (ulong)i, sweep.Runs[i]);
            }

            if (sweep is { SingleRecipe: { } recipe, Single: { } single })
            {
                Add(table, $"{sweep.Title}, single run", recipe.Seed, single);
            }
        }

        return table;
    }

    /// <summary>A run that diverged has no last row: it counts as infinite, as in the quantiles.</summary>
    private static void Add(CsvTable table, string runs, ulong seed, RecordedRun run)
    {
        bool isWhole = run.Outcome.Status == TrainingStatus.Completed;
        table.Add(
        [
            runs,
            Texts.Of(seed),
            run.Status,
            run.Outcome.Step.ToString(CultureInfo.InvariantCulture),
            .. RowQuantity.All.Select(quantity => Cell(isWhole ? quantity.Of(run.Trajectory.Rows[^1]) : double.PositiveInfinity)),
        ]);
    }

    /// <summary>NaN is what a run has no number for.</summary>
    private static string Cell(double value) => CsvTable.Cell(double.IsNaN(value) ? null : value);
}
