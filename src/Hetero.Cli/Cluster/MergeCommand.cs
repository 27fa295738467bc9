using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>hetero sweep merge: makes the tables of a sweep from the rows of its tasks.</summary>
internal static class MergeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> folders = new("FOLDER")
        {
            Description = "Other folders of the same sweep, such as those of machines that share no files.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        TextOption directory = SweepFolder.CreateOption();
        ExampleCommand command = new(
            "merge",
            "Make the tables of a sweep from the rows of its tasks: the bytes that 'hetero sweep' writes on one machine.",
            "hetero sweep merge --out spread")
        {
            folders, directory,
        };
        command.SetAction(result =>
        {
            PlannedFolder folder = PlannedFolder.Open(SweepFolder.Option, directory.Text(result), context);
            SweepGrid grid = folder.Plan.Grid;
            SweepLog rows = folder.ReadRows(out _);
            foreach (string name in result.GetValue(folders) ?? [])
            {
                rows.Include(Read(name, grid, context));
            }

            IReadOnlyList<int> missing = folder.MissingOf(rows);
            if (missing.Count > 0)
            {
                int left = grid.Runs.Count(run => rows.Find(run.Id) is null);
                throw new UnfinishedException(
                    $"{Texts.Of(left)} of {Texts.Count(grid.Runs.Count, "run")} {(left == 1 ? "has" : "have")} no row, of {(missing.Count == 1 ? "task" : "the tasks")} "
                    + $"{Shown.Of(ArrayExpression.Of(missing))}; 'hetero sweep missing' names {(missing.Count == 1 ? "it" : "them")} for another try.");
            }

            IReadOnlyList<RunSummary> summaries = [.. grid.Runs.Select(run => rows.Find(run.Id)!)];
            SweepFolder.WriteTables(folder.Directory, grid, summaries, context);
            SweepExecution.Say(folder.Directory, grid, summaries, $" of {Texts.Count(folder.Plan.Tasks.Count, "task")}", context);
            return ExitCode.Success;
        });
        return command;
    }

    private static SweepLog Read(string name, SweepGrid grid, CommandContext context)
    {
        const string Argument = "FOLDER";
        PlannedFolder other = PlannedFolder.Open(Argument, name, context);
        return SweepJson.ToText(other.Plan.Grid) == SweepJson.ToText(grid)
            ? other.ReadRows(out _)
            : throw UsageException.Of(Argument, name, $"a folder of the same sweep as that of '{SweepFolder.Option}'; its '{SweepFolder.Manifest}' is of another");
    }
}
