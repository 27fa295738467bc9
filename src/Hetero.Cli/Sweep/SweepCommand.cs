using System.CommandLine;
using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>hetero sweep: a recipe over the values of some of its options and over seeds.</summary>
internal static class SweepCommand
{
    private const string Vary = "--vary";
    private const string AcceptedFile = "a sweep or a recipe as JSON, the manifest of a sweep, or that of hetero run";

    public static Command Create(CommandContext context)
    {
        RecipeLine options = new(RunOptions.All.Where(option => option.Name != "threads"), canSwitchOff: true);
        Option<string[]> vary = new(Vary)
        {
            HelpName = "NAME=VALUES",
            Description = $"An option of run to vary, as often as there are such: NAME=VALUES, an option of a run and {ValueList.Accepted}.",
            Arity = ArgumentArity.OneOrMore,
        };
        SwitchOption zip = new("--zip", "Go through the values of all options in step; else they are crossed, the last one fastest.");
        ValueOption<int> seeds = new("--seeds", "N", NumberSyntax.Whole(1, SweepGrid.MaxRuns), "The number of seeds of each cell, from --seed on.", "1");
        ValueOption<double> averageFrom = new(
            "--average-from", "share", NumberSyntax.Share, "The share of the steps after which recorded rows count in the time averages.", Texts.Of(SweepGrid.SecondHalf));
        ValueOption<int> threads = new(
            "--threads",
            "N",
            NumberSyntax.Whole(1, 1024),
            "The number of runs at the same time; the numbers do not depend on it.",
            Texts.Of(Math.Min(Environment.ProcessorCount, 1024)));
        Option<string?> from = OptionFactory.File(
            RecipeFile.Option, "FILE", "Start from a sweep or a recipe as JSON, or from the manifest of a sweep or a run; the options that are given override it.");
        TextOption directory = new(SweepFolder.Option, "DIR", "The folder of the sweep.", null, "./hetero-sweep");
        Option<bool> resume = OptionFactory.Flag("--resume", "Keep the runs that the folder has, and make those that are missing.");
        Option<bool> dryRun = OptionFactory.Flag("--dry-run", "Say how many runs there are, and how much memory and time they take, and stop.");
        ValueOption<TimeSpan> timeLimit = new("--time-limit", "TIME", DurationSyntax.Format, "When to end, with what is done kept, at the latest.");
        ExampleCommand command = new(
            "sweep",
            "Train a recipe over values of its options and over seeds: a row for each run, medians and quantiles for each cell. Beside these options those of hetero run hold for all runs.",
            "hetero sweep --vary spread=0:10:6 --vary step-size=0.02,0.05 --seeds 10 --dimension 40 --out spread")
        {
            vary, zip, seeds, averageFrom, threads, from, directory, resume, dryRun, timeLimit,
        };
        options.AddTo(command);
        command.SetAction(result =>
        {
            string folder = directory.Text(result);
            string[] texts = result.GetValue(vary) ?? [];
            bool isResumed = result.GetResult(resume) is { Implicit: false };

            // Going on with what is there needs no more than its name.
            string? file = result.GetValue(from) ?? (isResumed && texts.Length == 0 && File.Exists(Path.Combine(folder, SweepFolder.Manifest)) ? Path.Combine(folder, SweepFolder.Manifest) : null);
            SweepParts parts = file is null ? new SweepParts(new RunRecipe(), []) : RecipeFile.Read(file, AcceptedFile, context, ReadFile);
            RunRecipe recipe = options.Read(result, parts.Recipe, context.Cancellation);
            SweepAxis[] axes = [.. texts.Select(text => ReadAxis(text, recipe, context))];
            if (Array.Find(axes, axis => options.IsGiven(result, axis.Option)) is { } both)
            {
                throw new UsageException($"'{Vary}' names '{both.Option}' beside '--{both.Option}'; accepted is one of them.");
            }

            // What the command line says takes the place of what the file has of the same option.
            bool IsReplaced(SweepAxis axis) => options.IsGiven(result, axis.Option) || Array.Exists(axes, other => other.Option == axis.Option);
            parts = new SweepParts(
                recipe,
                [.. parts.Axes.Where(axis => !IsReplaced(axis)), .. axes],
                seeds.IsGiven(result) ? seeds.Read(result) : parts.Seeds,
                result.GetResult(zip) is { Implicit: false } ? ReadFlag(zip, result) : parts.IsZipped,
                averageFrom.IsGiven(result) ? averageFrom.Read(result) : parts.AverageFrom);
            SweepRequest request = new(
                parts.Create(), folder, threads.Read(result), isResumed, timeLimit.IsGiven(result) ? timeLimit.Read(result) : null);
            if (request.Grid.Runs.Count == 1)
            {
                throw new UsageException($"the sweep is a single run; accepted is {Vary} <{vary.HelpName}> with two values or more, or two {seeds.Name} or more.");
            }

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

    private static bool ReadFlag(SwitchOption option, ParseResult result)
        => NumberSyntax.Flag.TryRead(option.Text(result), out bool value) ? value : throw UsageException.Of(option.Name, option.Text(result), NumberSyntax.Flag.Accepted);

    private static SweepParts ReadFile(JsonElement root, string names, CommandContext context)
    {
        bool isManifest = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("command", out JsonElement command) && command.ValueKind == JsonValueKind.String;
        if (!isManifest)
        {
            return SweepJson.Read(root);
        }

        if (!root.GetProperty("command").ValueEquals("sweep") || !root.TryGetProperty("sweep", out JsonElement sweep))
        {
            return new SweepParts(RecipeFile.ReadRecipe(root, names, context), []);
        }

        RecipeFile.WarnOfVersions(root, names, context);
        return SweepJson.Read(sweep);
    }

    /// <summary>Reads an axis; environments may be the names of files.</summary>
    private static SweepAxis ReadAxis(string text, RunRecipe recipe, CommandContext context)
    {
        (RunOption option, string values) = SweepAxis.Split(text);
        if (option.Name != EnvironmentsOption.OptionName)
        {
            return SweepAxis.Parse(text);
        }

        IReadOnlyList<string> names = ValueList.Read(option, values);
        return new SweepAxis(option.Name, names, [.. names.Select(name => ListOf(option, name, recipe, context))]);
    }

    private static IReadOnlyList<ListedEnvironment>? ListOf(RunOption option, string name, RunRecipe recipe, CommandContext context)
        => RecipeWords.Laws.TryRead(name, out _) ? null
            : name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || Path.Exists(name)
                ? EnvironmentFile.Read(option.CommandName, name, recipe.SpuriousRank, context.Cancellation)
                : throw UsageException.Of(option.CommandName, name, option.Accepted);
}
