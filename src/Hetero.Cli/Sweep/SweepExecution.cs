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
    // What runs may take to end after the wish to stop, each between two of its steps.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void Execute(SweepRequest request, CommandContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        using CancellationTokenSource limit = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation, limit.Token);
        if (request.TimeLimit is { } length)
        {
            limit.CancelAfter(length);
        }

        using SweepFolder folder = SweepFolder.Open(request.Directory, request.Grid, context);
        if (folder.Log.Damaged > 0)
        {
            context.Warn($"'{SweepFolder.Option}' is '{Shown.Of(request.Directory)}', where '{SweepFolder.Rows}' has damaged lines, {folder.Log.Damaged}, which are left out.");
        }

        SweepGrid grid = request.Grid;
        int all = grid.Runs.Count, before = grid.Runs.Count(run => folder.Log.Find(run.Id) is not null), made = 0;
        try
        {
            IReadOnlyList<RunSummary> summaries = BlockingCall.Run(
                () =>
                {
                    using ProgressLine? line = ProgressLine.Start(context, "run", before, all);
                    return RecipeSweep.Execute(
                        grid.Runs,
                        request.Threads,
                        grid.AverageFrom,
                        folder.Log,
                        () => Interlocked.Increment(ref made),
                        line is null ? null : new Share(line, () => before + Volatile.Read(ref made)),
                        stop.Token);
                },
                stop.Token,
                Patience);
            folder.WriteTables(grid, summaries);
            Say(request, summaries, before, context);
        }
        catch (OperationCanceledException)
        {
            string reason = context.Cancellation.IsCancellationRequested ? "cancelled" : $"the time limit of {Duration.Of(request.TimeLimit!.Value.TotalSeconds)} is over";
            throw new UnfinishedException($"{reason}; {Kept()}");
        }
        catch (IOException exception)
        {
            throw new FailedException($"'{SweepFolder.Option}' is '{Shown.Of(request.Directory)}', where '{SweepFolder.Rows}' could not be written: {SystemError.ReasonOf(exception)}; {Kept()}");
        }

        string Kept() => $"{Texts.Of(before + Volatile.Read(ref made))} of {Texts.Of(all)} runs are kept, and '--resume' goes on.";
    }

    /// <summary>Says what the sweep would take, and writes nothing.</summary>
    public static void DryRun(SweepRequest request, CommandContext context)
    {
        SweepGrid grid = request.Grid;
        IReadOnlyList<SweepLog> logs = SweepFolder.Find(request.Directory);
        SweepRun[] left = [.. grid.Runs.Where(run => logs.All(log => log.Find(run.Id) is null))];
        SweepMemory memory = SweepMemory.Of(grid.Runs, request.Threads);
        string there = left.Length < grid.Runs.Count ? $", {Texts.Of(grid.Runs.Count - left.Length)} of them there already" : "";
        context.Output.WriteLine($"runs: {Texts.Of(grid.Runs.Count)} ({Texts.Of(grid.Cells.Count)} cells of {Texts.Of(grid.Seeds)} seeds){there}");
        context.Output.WriteLine($"memory: {ByteSize.Of(memory.Total)} ({Texts.Of(memory.AtOnce)} runs at the same time)");
        SweepCost cost = SweepCost.Measure(grid, context.Cancellation);
        double[] seconds = [.. left.GroupBy(run => run.Cell).SelectMany(cell => Enumerable.Repeat(cost.SecondsOf(grid.Cells[cell.Key].Recipe), cell.Count()))];

        // No sweep ends before its longest run.
        double time = Math.Max(seconds.Sum() / request.Threads, seconds.DefaultIfEmpty(0).Max());
        string measured = cost.Measured == 1 ? "one cell" : $"{Texts.Of(cost.Measured)} cells";
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"time: about {Duration.Of(time)} on {request.Threads} threads (from some steps of {measured}: {Duration.Of(seconds.DefaultIfEmpty(0).Average())} a run)"));
    }

    private static void Say(SweepRequest request, IReadOnlyList<RunSummary> summaries, int before, CommandContext context)
    {
        string kept = before > 0 ? $", {Texts.Of(before)} of them kept" : "";
        string diverged = Texts.Of(summaries.Count(summary => summary.Status != "completed"));
        string NameOf(string file) => Shown.Of(Path.Combine(request.Directory, file));
        context.Output.WriteLine($"{NameOf(SweepFolder.RunTable)}: {Texts.Of(summaries.Count)} runs{kept}, {diverged} diverged");
        context.Output.WriteLine(
            $"{NameOf(SweepFolder.CellTable)}: medians and quantiles of {Texts.Of(request.Grid.Cells.Count)} cells of {Texts.Of(request.Grid.Seeds)} seeds");
    }

    /// <summary>The share of the work that is left to do, with the number of runs.</summary>
    private sealed class Share(ProgressLine line, Func<int> ended) : IProgress<double>
    {
        public void Report(double value) => line.Report(value, ended());
    }
}
