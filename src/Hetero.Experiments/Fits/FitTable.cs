using System.Numerics;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>The trajectories of a fit as a table: a row for each iterate that was measured, those of all seeds and of the pooled run.</summary>
public static class FitTable
{
    /// <summary>Writes the rows as comma-separated values: run, step, criterion, the risk of each environment, its invariance where rows are held out, the error where A* is known and not 0.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="result">The fit.</param>
    /// <param name="writer">Where the text goes.</param>
    public static void Write<T>(FitResult<T> result, TextWriter writer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        int count = result.TrainingRows.Count;
        bool hasHeldOut = result.HeldOutRows[0] > 0;
        bool hasError = result.AllRuns.Any(run => run.Rows.Any(row => row.Error is not null));
        CsvTable table = new(
        [
            "run", "step", "criterion",
            .. Enumerable.Range(0, count).Select(e => FormattableString.Invariant($"risk_{e}")),
            .. Enumerable.Range(0, hasHeldOut ? count : 0).Select(e => FormattableString.Invariant($"invariance_{e}")),
            .. hasError ? new[] { "error" } : [],
        ]);
        foreach (FittedRun<T> run in result.AllRuns)
        {
            foreach (FitRow row in run.Rows)
            {
                string[] error = hasError ? [CsvTable.Cell(row.Error)] : [];
                table.Add([run.Name, Texts.Of(row.Step), Texts.Of(row.Criterion), .. row.Risks.Concat(row.Invariance).Select(Texts.Of), .. error]);
            }
        }

        table.Write(writer);
    }

    /// <summary>
    /// Writes what cross-validation found as comma-separated values, a row for each step size: step_size, step, the mean of the criterion over folds, its standard deviation over them, what each fold
    /// has, and the fold that diverged. What there is not is empty.
    /// </summary>
    /// <param name="tuning">What was found.</param>
    /// <param name="writer">Where the text goes.</param>
    public static void Write(FitTuningResult tuning, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tuning);
        ArgumentNullException.ThrowIfNull(writer);
        CsvTable table = new(
            ["step_size", "step", "criterion", "deviation", .. Enumerable.Range(0, tuning.Folds).Select(fold => FormattableString.Invariant($"fold_{fold}")), "diverged_fold"]);
        foreach (TunedStepSize one in tuning.StepSizes)
        {
            IEnumerable<double?> folds = Enumerable.Range(0, tuning.Folds).Select(fold => one.Step is null ? (double?)null : one.Folds[fold]);
            table.Add(
            [
                Texts.Of(one.StepSize), CsvTable.Cell(one.Step), CsvTable.Cell(one.Step is null ? null : one.Criterion), CsvTable.Cell(one.Deviation),
                .. folds.Select(CsvTable.Cell), CsvTable.Cell(one.DivergedFold),
            ]);
        }

        table.Write(writer);
    }
}
