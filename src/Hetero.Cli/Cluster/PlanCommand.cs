using System.CommandLine;
using System.Globalization;
using System.Text;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>hetero sweep plan: cuts a sweep into tasks for several processes, on one machine or many.</summary>
internal static class PlanCommand
{
    private const string DefaultSeconds = "600";

    public static Command Create(CommandContext context)
    {
        SweepOptions options = new();
        ValueOption<double> seconds = new(
            "--task-seconds", "seconds", NumberSyntax.Range(0.001, 1e6), "About how long a task is to take on one core of usual speed.", DefaultSeconds);
        TextOption directory = SweepFolder.CreateOption();
        Option<bool> resume = OptionFactory.Flag("--resume", "Keep the runs that the folder has, and cut the sweep anew.");
        ExampleCommand command = new(
            "plan",
            "Cut a sweep into tasks, for 'hetero sweep task' on as many machines as there are. Beside these options those of hetero run hold for all runs.",
            "hetero sweep plan --vary spread=0:10:6 --seeds 10 --dimension 40 --steps 4000 --task-seconds 0.6 --out spread");
        options.AddTo(command, seconds, directory, resume);
        command.SetAction(result =>
        {
            string folder = directory.Text(result);
            bool isResumed = result.GetValue(resume);
            double length = seconds.Read(result);
            SweepGrid grid = options.Read(result, folder, isResumed, context);
            SweepMemory.Check(grid.Runs, threads: 1);
            Write(SweepPlan.Of(grid, length), folder, isResumed, context);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(SweepPlan plan, string directory, bool isResumed, CommandContext context)
    {
        string path = Path.Combine(directory, SweepFolder.Plan), text = SweepPlanJson.ToText(plan);
        SweepFolder.Check(directory, isResumed || IsThere(path, text));
        using (OutputSet outputs = new(context))
        using (EarlierTasks earlier = new(directory, plan, context))
        using (SweepFolder folder = SweepFolder.Open(directory, plan.Grid, context))
        {
            earlier.MoveTo(folder.Log);
            outputs.Open(SweepFolder.Option, path).Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        string seconds = Duration.Of(plan.Tasks.Average(task => task.Seconds)), longest = Duration.Of(plan.Tasks.Max(task => task.Seconds));
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Shown.Of(path)}: {Texts.Count(plan.Grid.Runs.Count, "run")} in {Texts.Count(plan.Tasks.Count, "task")} of about {seconds}, the longest {longest}"));
    }

    /// <summary>Whether the folder has this plan: every machine may make it, and each makes the same.</summary>
    private static bool IsThere(string path, string text)
    {
        try
        {
            return File.ReadAllText(path) == text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
