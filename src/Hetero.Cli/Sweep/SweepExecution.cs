using System.Globalization;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>Trains the runs that a folder has no rows of, and writes its tables when it has all.</summary>
internal static class SweepExecution
{
    public static void Execute(SweepRequest request, CommandContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        using SweepFolder folder = SweepFolder.Open(request.Directory, request.Grid, context);
        if (folder.Log.Damaged > 0)
        {
            context.Warn($"'{SweepFolder.Option}' is '{Shown.Of(request.Directory)}', where '{SweepFolder.Rows}' has damaged lines, {folder.Log.Damaged}, which are left out.");
        }

        SweepGrid grid = request.Grid;
        SweepWork work = new(grid.Runs, grid.AverageFrom, folder.Log, request.Threads, request.TimeLimit, "", "'--resume' goes on", context);
        try
        {
            IReadOnlyList<RunSummary> summaries = work.Execute();
            folder.WriteTables(grid, summaries);
            Say(request.Directory, grid, summaries, work.Before > 0 ? $", {Texts.Of(work.Before)} of them kept" : "", context);
        }
        catch (IOException exception)
        {
            throw new FailedException(
                $"'{SweepFolder.Option}' is '{Shown.Of(request.Directory)}', where '{SweepFolder.Rows}' could not be written: {SystemError.ReasonOf(exception)}; {work.Kept}");
        }
    }

    /// <summary>Says what the sweep would take, and writes nothing.</summary>
    public static void DryRun(SweepRequest request, CommandContext context)
    {
        SweepGrid grid = request.Grid;
        IReadOnlyList<SweepLog> logs = SweepFolder.Find(request.Directory, context);
        SweepRun[] left = [.. grid.Runs.Where(run => logs.All(log => log.Find(run.Id) is null))];
        SweepMemory memory = SweepMemory.Of(grid.Runs, request.Threads);
        string there = left.Length < grid.Runs.Count ? $", {Texts.Of(grid.Runs.Count - left.Length)} of them there already" : "";
        context.Output.WriteLine($"runs: {Texts.Of(grid.Runs.Count)} ({CellsOf(grid)}){there}");
        context.Output.WriteLine($"memory: {ByteSize.Of(memory.Total)} ({Texts.Count(memory.AtOnce, "run")} at the same time)");
        SweepCost cost = SweepCost.Measure(grid, context.Cancellation);
        double[] seconds = [.. left.GroupBy(run => run.Cell).SelectMany(cell => Enumerable.Repeat(cost.SecondsOf(grid.Cells[cell.Key].Recipe), cell.Count()))];

        // No sweep ends before its longest run.
        double time = Math.Max(seconds.Sum() / request.Threads, seconds.DefaultIfEmpty(0).Max());
        string measured = cost.Measured == 1 ? "one cell" : $"{Texts.Of(cost.Measured)} cells";
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"time: about {Duration.Of(time)} on {Texts.Count(request.Threads, "thread")} (from some steps of {measured}: {Duration.Of(seconds.DefaultIfEmpty(0).Average())} a run)"));
    }

    /// <summary>Says what the tables have.</summary>
    /// <param name="directory">Where they are.</param>
    /// <param name="grid">The sweep.</param>
    /// <param name="summaries">What came of its runs.</param>
    /// <param name="remark">What is to be said of the number of runs.</param>
    /// <param name="context">Where to.</param>
    public static void Say(string directory, SweepGrid grid, IReadOnlyList<RunSummary> summaries, string remark, CommandContext context)
    {
        string diverged = Texts.Of(summaries.Count(summary => !summary.IsWhole));
        string NameOf(string file) => Shown.Of(Path.Combine(directory, file));
        context.Output.WriteLine($"{NameOf(SweepFolder.RunTable)}: {Texts.Count(summaries.Count, "run")}{remark}, {diverged} diverged");
        context.Output.WriteLine($"{NameOf(SweepFolder.CellTable)}: medians and quantiles of {CellsOf(grid)}");
    }

    private static string CellsOf(SweepGrid grid) => $"{Texts.Count(grid.Cells.Count, "cell")} of {Texts.Count(grid.Seeds, "seed")}";
}
