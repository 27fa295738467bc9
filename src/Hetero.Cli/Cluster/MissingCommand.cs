using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>hetero sweep missing: which tasks have runs without a row.</summary>
internal static class MissingCommand
{
    public static Command Create(CommandContext context)
    {
        TextOption directory = SweepFolder.CreateOption();
        Option<bool> lines = OptionFactory.Flag("--lines", "Print each number on a line of its own; else as an array, such as 1,3,7-8.");
        ExampleCommand command = new(
            "missing",
            "Print the numbers of the tasks that have runs without a row; nothing, with exit code 0, if there is none, and exit code 3 if there are some.",
            "hetero sweep missing --out spread")
        {
            directory, lines,
        };
        command.SetAction(result =>
        {
            PlannedFolder folder = PlannedFolder.Open(SweepFolder.Option, directory.Text(result), context);
            IReadOnlyList<int> missing = folder.MissingOf(folder.ReadRows(out IReadOnlyList<SweepTask> held));
            int[] worked = [.. held.Select(task => task.Number).Intersect(missing)];
            if (worked.Length > 0)
            {
                context.Warn($"of these, {ArrayExpression.Of(worked)} {(worked.Length == 1 ? "is" : "are")} being worked on by other processes.");
            }

            string[] printed = result.GetValue(lines) ? [.. missing.Select(number => Texts.Of(number))] : missing.Count > 0 ? [ArrayExpression.Of(missing)] : [];
            Array.ForEach(printed, context.Output.WriteLine);
            return missing.Count == 0 ? ExitCode.Success : ExitCode.Unfinished;
        });
        return command;
    }
}
