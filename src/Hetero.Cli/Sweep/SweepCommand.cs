using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>hetero sweep: a recipe over the values of some of its options and over seeds.</summary>
internal static class SweepCommand
{
    public static Command Create(CommandContext context)
    {
        SweepOptions options = new();
        ValueOption<int> threads = new(
            "--threads",
            "N",
            NumberSyntax.Whole(1, 1024),
            "The number of runs at the same time; the numbers do not depend on it.",
            Texts.Of(Math.Min(Environment.ProcessorCount, 1024)));
        TextOption directory = SweepFolder.CreateOption();
        Option<bool> resume = OptionFactory.Flag("--resume", "Keep the runs that the folder has, and make those that are missing.");
        Option<bool> dryRun = OptionFactory.Flag("--dry-run", "Say how many runs there are, and how much memory and time they take, and stop.");
        ValueOption<TimeSpan> timeLimit = SweepWork.CreateTimeLimit();
        ExampleCommand command = new(
            "sweep",
            "Train a recipe over values of its options and over seeds: a row for each run, medians and quantiles for each cell. Beside these options those of hetero run hold for all runs.",
            "hetero sweep --vary spread=0:10:6 --vary step-size=0.02,0.05 --seeds 10 --dimension 40 --out spread");
        options.AddTo(command, threads, directory, resume, dryRun, timeLimit);
        command.SetAction(result =>
        {
            string folder = directory.Text(result);
            bool isResumed = result.GetValue(resume);
            int atOnce = threads.Read(result);
            TimeSpan? limit = timeLimit.IsGiven(result) ? timeLimit.Read(result) : null;
            SweepGrid grid = options.Read(result, folder, isResumed, context);
            SweepRequest request = new(grid, folder, atOnce, isResumed, limit);
            SweepMemory.Check(request.Grid.Runs, request.Threads);
            SweepFolder.Check(folder, isResumed || result.GetValue(dryRun));
            if (result.GetValue(dryRun))
            {
                SweepExecution.DryRun(request, context);
            }
            else
            {
                SweepExecution.Execute(request, context);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
