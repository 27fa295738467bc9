using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Input;

/// <summary>The options of a recipe on a command line, all of them or some. Commands that share them share their words.</summary>
internal sealed class RecipeLine
{
    private const string Environments = "environments";

    // What a list of environments takes the place of.
    private static readonly string[] Law = ["spurious-mean", "spread", "off-diagonal", "own-draws"];

    private readonly (RunOption Option, Option Argument)[] _options;

    // A line that is read over several recipes reads its file once: it may be a pipe.
    private (string Path, int Rank, IReadOnlyList<ListedEnvironment> List)? _list;

    /// <summary>Makes the options.</summary>
    /// <param name="options">Which of the table.</param>
    /// <param name="canSwitchOff">Whether flags take true or false, too.</param>
    /// <param name="defaults">What the help says of options that the command has another default of.</param>
    public RecipeLine(IEnumerable<RunOption> options, bool canSwitchOff = false, IReadOnlyDictionary<string, string>? defaults = null)
        => _options = [.. options.Select(option => (option, Create(option, canSwitchOff, defaults?.GetValueOrDefault(option.Name) ?? option.DefaultText)))];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach ((_, Option argument) in _options)
        {
            command.Options.Add(argument);
        }
    }

    /// <summary>Says whether an option is given.</summary>
    public bool IsGiven(ParseResult result, string name)
        => _options.Any(pair => pair.Option.Name == name && result.GetResult(pair.Argument) is { Implicit: false });

    /// <summary>Reads the options that are given, over a recipe to start from.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="start">What is not given.</param>
    /// <param name="cancellation">Ends the wait for a file of environments.</param>
    /// <returns>The recipe, which nobody has checked.</returns>
    public RunRecipe Read(ParseResult result, RunRecipe start, CancellationToken cancellation)
    {
        (RunOption Option, string Text)[] given =
        [
            .. from pair in _options
               where result.GetResult(pair.Argument) is { Implicit: false }
               select (pair.Option, pair.Argument switch
               {
                   TextOption text => text.Text(result),
                   SwitchOption flag => flag.Text(result),
                   _ => "true",
               }),
        ];

        RunRecipe recipe = start;
        string? environments = null;
        foreach ((RunOption option, string text) in given)
        {
            if (option.Name == Environments)
            {
                environments = text;
            }
            else
            {
                recipe = option.Set(recipe, text);
            }
        }

        // What is switched off takes no other's place.
        recipe = RunOptions.Clear(recipe, [.. given.Where(item => !item.Option.IsFlag || item.Text != "false").Select(item => item.Option.Name)]);

        // After all else: a file may be a pipe that nobody writes to.
        recipe = environments is null ? recipe : ReadEnvironments(recipe, environments, cancellation);
        if (recipe.Environments.IsListed)
        {
            RefuseLaw(given, recipe);
        }

        return recipe;
    }

    private RunRecipe ReadEnvironments(RunRecipe recipe, string text, CancellationToken cancellation)
    {
        RunOption option = RunOptions.Find(Environments)!;
        if (RecipeWords.Laws.TryRead(text, out _))
        {
            return option.Set(recipe, text);
        }

        if (!text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Path.Exists(text))
        {
            throw UsageException.Of(option.CommandName, text, option.Accepted);
        }

        if (_list is not { } read || read.Path != text || read.Rank != recipe.SpuriousRank)
        {
            read = (text, recipe.SpuriousRank, EnvironmentFile.Read(option.CommandName, text, recipe.SpuriousRank, cancellation));
            _list = read;
        }

        return recipe with { Environments = recipe.Environments with { List = read.List }, EnvironmentFile = text };
    }

    private static void RefuseLaw((RunOption Option, string Text)[] given, RunRecipe recipe)
    {
        foreach ((RunOption option, string text) in given.Where(item => Law.Contains(item.Option.Name)))
        {
            string shown = option.IsFlag ? $"'{option.CommandName}'" : $"'{option.CommandName} {Shown.Of(text)}'";
            throw new UsageException(
                $"{shown} is given with '--{Environments} {Shown.Of(recipe.EnvironmentsText)}'; accepted is {option.CommandName} with two-point or uniform.");
        }
    }

    private static Option Create(RunOption option, bool canSwitchOff, string? defaultText) => option.IsFlag && canSwitchOff ? new SwitchOption(option.CommandName, option.Description)
        : option.IsFlag ? OptionFactory.Flag(option.CommandName, option.Description)
        : new TextOption(option.CommandName, option.Symbol, option.Description, option.IsChoice ? null : option.Accepted, defaultText);
}
