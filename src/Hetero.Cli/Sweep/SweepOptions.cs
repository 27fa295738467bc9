using System.CommandLine;
using System.Text;
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

    /// <summary>What the manifest of a folder is.</summary>
    public const string AcceptedManifest = "the manifest of hetero sweep";

    private const string Vary = "--vary";
    private const string AverageFrom = "average-from";

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
        $"--{AverageFrom}", "share", NumberSyntax.Share, "The share of the steps after which recorded rows count in the time averages.", Texts.Of(SweepGrid.SecondHalf));

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

    /// <summary>Reads the sweep: what the command line says, over a file, else over the sweep that is gone on with, else over the defaults.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="directory">The folder of the sweep.</param>
    /// <param name="isResumed">Whether the sweep that the folder has is gone on with.</param>
    /// <param name="context">Takes warnings, and the wish to stop.</param>
    /// <exception cref="UsageException">It is refused.</exception>
    public SweepGrid Read(ParseResult result, string directory, bool isResumed, CommandContext context)
    {
        string[] texts = result.GetValue(_vary) ?? [];
        string? file = result.GetValue(_from);
        SweepParts? there = isResumed ? SweepFolder.ReadManifest(SweepFolder.Option, directory, context) : null;
        bool isAlone = texts.Length == 0 && file is null;
        if (isResumed && isAlone && SweepFolder.HasLostManifest(directory))
        {
            throw RefuseWithout(directory);
        }

        SweepParts parts = file is null ? there ?? new SweepParts(new RunRecipe(), []) : RecipeFile.Read(RecipeFile.Option, file, AcceptedFile, context, ReadFile);
        RunRecipe recipe = _options.Read(result, parts.Recipe, context.Cancellation);
        SweepAxis[] axes = [.. texts.Select(text => ReadAxis(text, recipe, context))];
        if (Array.Find(axes, axis => _options.IsGiven(result, axis.Option)) is { } both)
        {
            throw new UsageException($"'{Vary}' names '{both.Option}' beside '--{both.Option}'; accepted is one of them.");
        }

        parts = new SweepParts(
            recipe,
            Join(parts.Axes, axes, axis => _options.IsGiven(result, axis.Option)),
            _seeds.IsGiven(result) ? _seeds.Read(result) : parts.Seeds,
            result.GetResult(_zip) is { Implicit: false } ? ReadFlag(_zip, result) : parts.IsZipped,
            _averageFrom.IsGiven(result) ? _averageFrom.Read(result) : parts.AverageFrom);
        if (file is not null && there is not null && DifferenceOf(parts, there, name => name == AverageFrom ? _averageFrom.IsGiven(result) : _options.IsGiven(result, name)) is { } difference)
        {
            throw new UsageException(
                $"'{RecipeFile.Option}' names '{Shown.Of(file)}', {difference.Found}, and the sweep in '{Shown.Of(directory)}' has {difference.There}; "
                + $"accepted is to go on with that sweep, with '--{difference.Option}' beside '--resume' where it is to change, or another '{SweepFolder.Option}'.");
        }

        SweepGrid grid = parts.Create();
        return grid.Runs.Count > 1 ? grid
            : isAlone && isResumed && there is null ? throw RefuseWithout(directory)
            : isAlone && File.Exists(Path.Combine(directory, SweepFolder.Manifest)) && !isResumed
                ? throw UsageException.Of(SweepFolder.Option, directory, "a folder without a sweep, or '--resume' to go on with that which it has")
            : throw new UsageException($"the sweep is a single run; accepted is {Vary} <{_vary.HelpName}> with two values or more, or two {_seeds.Name} or more.");
    }

    /// <summary>What the command line varies takes the place of the same option in a file, and what it sets is varied no more; if nothing else is left, its order counts.</summary>
    private static SweepAxis[] Join(IReadOnlyList<SweepAxis> before, SweepAxis[] given, Predicate<SweepAxis> isSet)
    {
        SweepAxis?[] kept = [.. before.Where(axis => !isSet(axis)).Select(axis => Array.Find(given, other => other.Option == axis.Option) ?? axis)];
        return kept.All(given.Contains) ? given : [.. kept.Union(given)!];
    }

    /// <summary>What a file has otherwise than the sweep that is to be gone on with, though the command line does not say it: the runs of that sweep would be lost with its manifest.</summary>
    private static (string Option, string Found, string There)? DifferenceOf(SweepParts parts, SweepParts there, Predicate<string> isGiven)
    {
        foreach (RunOption option in RunOptions.All.Where(option => option.Name is not ("threads" or "memory") && !isGiven(option.Name)))
        {
            bool varies = parts.Axes.Any(axis => axis.Option == option.Name), varied = there.Axes.Any(axis => axis.Option == option.Name);
            string found = ValueOf(option, parts.Recipe), before = ValueOf(option, there.Recipe);
            if (!varies && (varied || (found != before && ValueOf(option, parts.Recipe.Resolve()) != ValueOf(option, there.Recipe.Resolve()))))
            {
                string was = varied ? "it varied" : Shown.Of(option.TextOf(there.Recipe) ?? "it left open");
                return (option.Name, $"where '{option.Name}' is {Shown.Of(option.TextOf(parts.Recipe) ?? "left open")}", was);
            }
        }

        (double share, double other) = (parts.AverageFrom ?? SweepGrid.SecondHalf, there.AverageFrom ?? SweepGrid.SecondHalf);
        return share == other || isGiven(AverageFrom) ? null : (AverageFrom, $"where '{AverageFrom}' is {Texts.Of(share)}", Texts.Of(other));
    }

    /// <summary>A value as a text, lists of environments with all their numbers.</summary>
    private static string ValueOf(RunOption option, RunRecipe recipe)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            RecipeJson.Write(json, recipe with { EnvironmentFile = null }, [option]);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static UsageException RefuseWithout(string directory) => UsageException.Of(
        SweepFolder.Option, directory, $"the folder of a sweep for '--resume' without '{Vary}' and '{RecipeFile.Option}'; this one has no '{SweepFolder.Manifest}'");

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

    /// <summary>Reads the manifest of a sweep, and nothing else.</summary>
    public static SweepParts ReadManifest(JsonElement root, string names, CommandContext context)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("command", out JsonElement command) && command.ValueKind == JsonValueKind.String && command.ValueEquals("sweep")
            ? ReadFile(root, names, context)
            : throw new UsageException($"{names}which is of no sweep; accepted is {AcceptedManifest}.");

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
