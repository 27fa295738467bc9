using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>
/// Makes the runs of a task that have no row yet. Each is appended to the task's log as it ends; when all are there, the task's file appears as a whole, and the log goes.
/// </summary>
internal static class TaskExecution
{
    /// <summary>Works on a task; one that has its file is left as it is.</summary>
    /// <exception cref="FailedException">Another process is working on it, or a file could not be written.</exception>
    /// <exception cref="UnfinishedException">It was ended before its end, and goes on from there.</exception>
    public static void Execute(PlannedFolder folder, SweepTask task, int threads, TimeSpan? limit, CommandContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        string name = folder.NameOf(task), file = folder.FileOf(task);
        OutputDirectory.Prepare(SweepFolder.Option, Path.Combine(folder.Directory, SweepFolder.Tasks));
        SweepWork? work = null;
        try
        {
            using (SweepLog log = Hold(folder, task, context))
            {
                // Read when nobody else can write it any more.
                SweepLog ended = folder.ReadEnded(task) ?? SweepLog.InMemory();
                bool isThere = PlannedFolder.IsWhole(task, ended);
                if (!isThere)
                {
                    log.Include(ended);
                    log.Include(folder.ReadOwn());
                    work = new SweepWork(task.Runs, folder.Plan.Grid.AverageFrom, log, threads, limit, $"{name}: ", "the same command goes on", context);
                    IReadOnlyList<RunSummary> summaries = work.Execute();
                    using TemporaryFile written = TemporaryFile.Create(Path.GetDirectoryName(file)!);
                    SweepLog.Write(written.Stream, task.Runs.Zip(summaries, (run, summary) => (run.Id, summary)));
                    written.MoveTo(file);
                }
            }

            // Closed before, or a network file system keeps it under another name.
            File.Delete(folder.LogOf(task));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string kept = work is null ? "" : $"; {work.Kept.TrimEnd('.')}";
            throw new FailedException($"'{SweepFolder.Option}' is '{Shown.Of(folder.Directory)}', where {name} could not be written: {SystemError.ReasonOf(exception)}{kept}.");
        }

        string remark = work is null ? ", which were there" : work.Before > 0 ? $", {Texts.Of(work.Before)} of them kept" : "";
        context.Output.WriteLine($"{Shown.Of(file)}: {name}, {Texts.Count(task.Runs.Count, "run")}{remark}");
    }

    private static SweepLog Hold(PlannedFolder folder, SweepTask task, CommandContext context)
    {
        try
        {
            return RowFile.Open(folder.LogOf(task), context);
        }
        catch (IOException exception) when (SystemError.IsInUse(exception))
        {
            throw new FailedException($"{folder.NameOf(task)} is being worked on by another process, which holds '{Shown.Of(folder.LogOf(task))}'; accepted is one process for each task.");
        }
        catch (InvalidDataException exception)
        {
            throw UsageException.Of(SweepFolder.Option, folder.Directory, $"a folder of a sweep ({exception.Message.TrimEnd('.')})");
        }
    }
}
