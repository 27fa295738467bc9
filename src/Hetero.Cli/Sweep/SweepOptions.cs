using System.CommandLine;
using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>The options that say what a sweep is.</summary>
internal sealed class SweepOptions
{
    /// <summary>What a file may be that a sweep starts from.</summary>
    public const string AcceptedFile = "a sweep or a recipe as JSON, the manifest of a sweep, or that of hetero run";

    private const string Vary = "--vary";

    private readonly RecipeLine _options = new(RunOptions.All.Where(option => option.Name != "threads"), canSwitchOff: true);
    private readonly Option<string[]> _vary = new(Vary)
    {
        HelpName = "NAME=VALUES",
        Description = $"An option of run to vary, as often as there are such: NAME=VALUES, an option of a run and {ValueList.Accepted}.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly SwitchOption _zip = new("--zip", "Go through the values of all options in step; else they are crossed, the last one fastest.");
    private readonly ValueOption<int> _seeds = new("--seeds", "N", NumberSyntax.Whole(1, SweepGrid.MaxRuns), "The number of seeds of each cell, from --seed on.", "1");
    private readonly ValueOption<double> _averageFrom = new(
        "--average-from", "share", NumberSyntax.Share, "The share of the steps after which recorded rows count in the time averages.", Texts.Of(SweepGrid.SecondHalf));

    private readonly Option<string?> _from = OptionFactory.File(
        RecipeFile.Option, "FILE", "Start from a sweep or a recipe as JSON, or from the manifest of a sweep or a run; the options that are given override it.");

    /// <summary>Adds the options to a command, in the places of their kinds.</summary>
    public void AddTo(Command command, params ReadOnlySpan<Option> others)
    {
        foreach (Option option in (Option[])[_vary, _zip, _seeds, _averageFrom, _from, .. others])
        {
            command.Options.Add(option);
        }

        _options.AddTo(command);
    }

    /// <summary>Reads the sweep.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="standing">The file that it starts from where the command line varies nothing and names none; null for none.</param>
    /// <param name="context">Takes warnings, and the wish to stop.</param>
    /// <exception cref="UsageException">It is refused.</exception>
    public SweepGrid Read(ParseResult result, string? standing, CommandContext context)
    {
        string[] texts = result.GetValue(_vary) ?? [];

        // Going on with what is there needs no more than its name.
        string? file = result.GetValue(_from) ?? (texts.Length == 0 && File.Exists(standing) ? standing : null);
        SweepParts parts = file is null ? new SweepParts(new RunRecipe(), []) : RecipeFile.Read(RecipeFile.Option, file, AcceptedFile, context, ReadFile);
        RunRecipe recipe = _options.Read(result, parts.Recipe, context.Cancellation);
        SweepAxis[] axes = [.. texts.Select(text => ReadAxis(text, recipe, context))];
        if (Array.Find(axes, axis => _options.IsGiven(result, axis.Option)) is { } both)
        {
            throw new UsageException($"'{Vary}' names '{both.Option}' beside '--{both.Option}'; accepted is one of them.");
        }

        // What the command line says takes the place of what the file has of the same option.
        bool IsReplaced(SweepAxis axis) => _options.IsGiven(result, axis.Option) || Array.Exists(axes, other => other.Option == axis.Option);
        parts = new SweepParts(
            recipe,
            [.. parts.Axes.Where(axis => !IsReplaced(axis)), .. axes],
            _seeds.IsGiven(result) ? _seeds.Read(result) : parts.Seeds,
            result.GetResult(_zip) is { Implicit: false } ? ReadFlag(_zip, result) : parts.IsZipped,
            _averageFrom.IsGiven(result) ? _averageFrom.Read(result) : parts.AverageFrom);
        SweepGrid grid = parts.Create();
        return grid.Runs.Count > 1
            ? grid
            : throw new UsageException($"the sweep is a single run; accepted is {Vary} <{_vary.HelpName}> with two values or more, or two {_seeds.Name} or more.");
    }

    /// <summary>Reads the JSON that a sweep starts from.</summary>
    public static SweepParts ReadFile(JsonElement root, string names, CommandContext context)
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

    private static bool ReadFlag(SwitchOption option, ParseResult result)
        => NumberSyntax.Flag.TryRead(option.Text(result), out bool value) ? value : throw UsageException.Of(option.Name, option.Text(result), NumberSyntax.Flag.Accepted);

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
