using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Compare;

/// <summary>Makes methods of what stands on the command line: each has the options of hetero run, over those that all have in common.</summary>
/// <param name="context">Takes warnings, and ends the wait for a pipe.</param>
internal sealed class MethodReader(CommandContext context)
{
    private const string Algorithm = "algorithm", Objective = "objective", Threads = "threads";

    private readonly List<string> _environmentFiles = [];
    private readonly List<string> _recipeFiles = [];

    /// <summary>Gets the options that all methods have in common.</summary>
    public RecipeLine Common { get; } = new(RunOptions.All.Where(option => option.Name != Threads), canSwitchOff: true);

    /// <summary>Gets the inputs that were read, each with its option.</summary>
    public IEnumerable<(string Option, string Path)> Inputs
        => [.. _recipeFiles.Select(path => (RecipeFile.Option, path)), .. _environmentFiles.Select(path => ("--environments", path))];

    /// <summary>Reads a recipe that something starts from.</summary>
    /// <param name="path">Its file; null for the defaults.</param>
    public RunRecipe Start(string? path)
    {
        if (path is null)
        {
            return new RunRecipe();
        }

        _recipeFiles.Add(path);
        return RecipeFile.Read(path, context);
    }

    /// <summary>Reads a method.</summary>
    /// <param name="text">The method as it was given.</param>
    /// <param name="common">The command line with what all have in common.</param>
    /// <param name="start">What a method without a file of its own starts from.</param>
    /// <exception cref="UsageException">It is no method, or its run is refused.</exception>
    public SeedSweep Read(string text, ParseResult common, RunRecipe start)
    {
        MethodText method = MethodText.Read(text);
        try
        {
            RunRecipe recipe = ReadRecipe(method, common, start) with { Threads = 1 };
            if (recipe.EnvironmentFile is { } file && !_environmentFiles.Contains(file))
            {
                _environmentFiles.Add(file);
            }

            Runner.Check(recipe);
            return new SeedSweep(method.Name, recipe);
        }
        catch (RecipeException exception)
        {
            throw Within(text, exception.CommandText);
        }
        catch (UsageException exception)
        {
            throw Within(text, exception.Message);
        }
    }

    private static UsageException Within(string text, string reason) => new($"'{MethodText.Option}' is '{Shown.Of(text)}', where {reason}");

    private RunRecipe ReadRecipe(MethodText method, ParseResult common, RunRecipe start)
    {
        RecipeLine own = new(RunOptions.All, canSwitchOff: true);
        Option<string?> from = OptionFactory.File(RecipeFile.Option, "FILE", "Start from a recipe.");
        Command command = new("run") { from };
        own.AddTo(command);
        ParseResult result = command.Parse(method.Words, Lines.Configuration);
        ParseErrors.ThrowIfAny(result, method.Words);
        if (own.IsGiven(result, Threads))
        {
            throw new UsageException($"'--{Threads}' is given; accepted is that of hetero compare, the number of runs at the same time.");
        }

        RunRecipe under = result.GetValue(from) is { } file ? Common.Read(common, Start(file), context.Cancellation) : start;
        RunRecipe recipe = own.Read(result, under, context.Cancellation);

        // An objective is one of pooled-gd; who gives one need not say so.
        return own.IsGiven(result, Objective) && !own.IsGiven(result, Algorithm) && recipe.Objective.Kind != ObjectiveKind.None
            ? recipe with { Algorithm = Experiments.Recipes.Algorithm.PooledGd }
            : recipe;
    }
}
