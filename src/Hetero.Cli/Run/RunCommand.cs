using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Run;

/// <summary>hetero run: trains once and writes the trajectory.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        RecipeLine options = new(RunOptions.All, canSwitchOff: true);
        Option<string?> output = OptionFactory.File("--out", "FILE.csv", "Where the trajectory goes; else, or with -, standard output.");
        Option<string?> manifest = OptionFactory.File("--json", "FILE", "Write a manifest: parameters, versions, hardware, outcome; - for standard output.");
        Option<string?> checkpoint = OptionFactory.File("--checkpoint", "FILE", "Write the state at the end, also when cancelled.");
        ValueOption<int> checkpointEvery = new(
            "--checkpoint-every",
            "N",
            NumberSyntax.Whole(1, int.MaxValue),
            "Write the state, and the trajectory to the file of --out, also every so many steps.");
        Option<string?> resume = OptionFactory.File("--resume", "FILE", "Continue from such a state; --steps stays the last step of the whole run.");
        Option<string?> from = OptionFactory.File(
            RecipeFile.Option,
            "FILE",
            "Start from a recipe as JSON, or from the manifest of a run, in the place of the defaults; the options that are given override it.");
        Option<bool> dryRun = OptionFactory.Flag("--dry-run", "Say how much memory and time the run takes, and stop.");
        ExampleCommand command = new(
            "run",
            "Train once and write the trajectory as CSV. The defaults are Figure 3 with M = 6.",
            "hetero run --dimension 50 --spread 8 --samples 4000 --out trajectory.csv");
        options.AddTo(command);
        foreach (Option option in new Option[] { output, manifest, checkpoint, checkpointEvery, resume, from, dryRun })
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            string? file = result.GetValue(from);
            RunRecipe recipe = options.Read(result, file is null ? new RunRecipe() : RecipeFile.Read(file, context), context.Cancellation);
            bool isDry = result.GetValue(dryRun);
            try
            {
                // A dry run says first what it would take.
                if (isDry)
                {
                    recipe.Check();
                }
                else
                {
                    Runner.Check(recipe);
                }

                RunRequest request = new(
                    recipe,
                    result.GetValue(output),
                    result.GetValue(manifest),
                    result.GetValue(checkpoint),
                    checkpointEvery.IsGiven(result) ? checkpointEvery.Read(result) : null,
                    result.GetValue(resume),
                    file);
                if (request.CheckpointEvery is not null && request.Checkpoint is null)
                {
                    throw UsageException.Of(
                        checkpointEvery.Name, checkpointEvery.Text(result), $"a number of steps together with '{checkpoint.Name}'");
                }

                Execute(request, isDry, context);
            }
            catch (RecipeException exception) when (file is not null && IsOfFile(exception, name => options.IsGiven(result, name)))
            {
                throw new UsageException($"'{RecipeFile.Option}' names '{Shown.Of(file)}', where {exception.Message}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Whether a refused value is not on the command line; of several together, whether some of them are not.</summary>
    private static bool IsOfFile(RecipeException exception, Func<string, bool> isGiven)
        => exception.Option is { } name ? !isGiven(name) : exception.Names.Any(each => !isGiven(each));

    private static void Execute(RunRequest request, bool isDry, CommandContext context)
    {
        switch (isDry, request.Recipe.Precision)
        {
            case (true, Precision.Double):
                DryRun.Execute<double>(request, context);
                break;
            case (true, Precision.Single):
                DryRun.Execute<float>(request, context);
                break;
            case (false, Precision.Double):
                RunExecution.Execute<double>(request, context);
                break;
            default:
                RunExecution.Execute<float>(request, context);
                break;
        }
    }
}
