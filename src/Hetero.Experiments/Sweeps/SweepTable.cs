using Hetero.Experiments.Recipes;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>A sweep as comma-separated values: a row for each run, or for each cell.</summary>
/// <remarks>Options that vary are columns named as the option with <c>_</c> for <c>-</c>; the others stand in the sweep's recipe.</remarks>
public static class SweepTable
{
    private const string Seed = "seed";

    private static readonly (string Name, double Probability)[] Parts = [("median", 0.5), ("q10", 0.1), ("q90", 0.9)];

    /// <summary>
    /// Writes a row for each run: the values of its cell, its seed and id, how it ended and after which step, its last row, and as <c>…_mean</c> its time averages; these are infinite for a
    /// run that diverged.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="grid">The sweep.</param>
    /// <param name="summaries">What came of its runs, in their order.</param>
    /// <exception cref="ArgumentException">There are more or fewer summaries than runs.</exception>
    public static void WriteRuns(TextWriter writer, SweepGrid grid, IReadOnlyList<RunSummary> summaries)
    {
        CheckArguments(writer, grid, summaries);
        int[] shown = [.. Enumerable.Range(0, grid.Axes.Count).Where(i => grid.Axes[i].Option != Seed)];
        CsvTable table = new([.. shown.Select(i => Column(grid.Axes[i])), Seed, "run", "status", "step", .. RunSummary.Names]);
        for (int i = 0; i < summaries.Count; i++)
        {
            SweepRun run = grid.Runs[i];
            table.Add([
                .. shown.Select(axis => grid.Cells[run.Cell].Values[axis]),
                Texts.Of(run.Recipe.Seed),
                run.Id,
                summaries[i].Status,
                Texts.Of(summaries[i].Step),
                .. summaries[i].Numbers.Select(Cell),
            ]);
        }

        table.Write(writer);
    }

    /// <summary>
    /// Writes a row for each cell: its values, the number of its runs, how many were completed and diverged, and the median and the 10 % and 90 % quantiles of every number of its runs, a run
    /// that diverged as infinite.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="grid">The sweep.</param>
    /// <param name="summaries">What came of its runs, in their order.</param>
    /// <exception cref="ArgumentException">There are more or fewer summaries than runs.</exception>
    public static void WriteCells(TextWriter writer, SweepGrid grid, IReadOnlyList<RunSummary> summaries)
    {
        CheckArguments(writer, grid, summaries);
        CsvTable table = new([
            .. grid.Axes.Select(Column), "seeds", "completed", "diverged",
            .. from name in RunSummary.Names from part in Parts select $"{name}_{part.Name}",
        ]);
        for (int cell = 0; cell < grid.Cells.Count; cell++)
        {
            RunSummary[] runs = [.. Enumerable.Range(cell * grid.Seeds, grid.Seeds).Select(i => summaries[i])];
            double[][] numbers = [.. runs.Select(run => run.Numbers.ToArray())];
            table.Add([
                .. grid.Cells[cell].Values,
                Texts.Of(runs.Length),
                Texts.Of(runs.Count(run => run.IsWhole)),
                Texts.Of(runs.Count(run => !run.IsWhole)),
                .. Enumerable.Range(0, RunSummary.Names.Count).SelectMany(i => QuantilesOf([.. numbers.Select(run => run[i]).Order()])),
            ]);
        }

        table.Write(writer);
    }

    /// <summary>The column of an option.</summary>
    private static string Column(SweepAxis axis) => axis.Option.Replace('-', '_');

    /// <summary>Where a run has no such number, the others have no quantiles: it would stand below all of them.</summary>
    private static IEnumerable<string> QuantilesOf(double[] sorted)
        => Parts.Select(part => double.IsNaN(sorted[0]) ? "" : Cell(Quantiles.OfSorted(sorted, part.Probability)));

    /// <summary>NaN is what a run has no number for.</summary>
    private static string Cell(double value) => CsvTable.Cell(double.IsNaN(value) ? null : value);

    private static void CheckArguments(TextWriter writer, SweepGrid grid, IReadOnlyList<RunSummary> summaries)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(summaries);
        Core.Guard.Length(summaries.Count, grid.Runs.Count, nameof(summaries));
    }
}
