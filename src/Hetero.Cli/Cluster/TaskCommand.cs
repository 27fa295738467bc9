using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>hetero sweep task: makes the runs of one task of a plan.</summary>
internal static class TaskCommand
{
    public static Command Create(CommandContext context)
    {
        TextOption directory = SweepFolder.CreateOption();
        TextOption task = new(
            TaskNumber.Option,
            "TASK",
            $"Which task: its number from 1 on, alone or as 3/4 with the number of all, or its id. Else a variable says it: {string.Join(", ", TaskNumber.Variables.Select(known => known.Name))}.",
            null,
            null);
        ValueOption<int> threads = new("--threads", "N", NumberSyntax.Whole(1, 1024), "The number of runs at the same time; the numbers do not depend on it.", "1");
        ValueOption<TimeSpan> timeLimit = SweepWork.CreateTimeLimit();
        ExampleCommand command = new(
            "task",
            "Make the runs of one task of a sweep that 'hetero sweep plan' has cut, and write their rows to a file of the folder.",
            "hetero sweep task --task 3/4 --out spread")
        {
            directory, task, threads, timeLimit,
        };
        command.SetAction(result =>
        {
            int atOnce = threads.Read(result);
            TimeSpan? limit = timeLimit.IsGiven(result) ? timeLimit.Read(result) : null;
            PlannedFolder folder = PlannedFolder.Open(SweepFolder.Option, directory.Text(result), context);
            SweepTask found = TaskNumber.Find(result.GetValue(task), folder.Plan.Tasks, Environment.GetEnvironmentVariable);
            SweepMemory.Check(folder.Plan.Grid.Runs, atOnce);
            TaskExecution.Execute(folder, found, atOnce, limit, context);
            return ExitCode.Success;
        });
        return command;
    }
}
