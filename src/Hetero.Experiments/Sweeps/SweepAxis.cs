using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>An option of a run and the values that a sweep gives it, in their order.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SweepAxis
{
    /// <summary>The most values that one option may have.</summary>
    internal const int MaxValues = 100_000;

    // What changes no number is nothing to vary.
    private static readonly string[] OfTheMachine = ["threads", "memory"];

    private readonly RunOption _option;
    private readonly IReadOnlyList<IReadOnlyList<ListedEnvironment>?> _lists;

    /// <summary>Takes an option and its values.</summary>
    /// <param name="option">The name of the option, without dashes.</param>
    /// <param name="values">Its values as texts, one or more.</param>
    /// <exception cref="RecipeException">There is no such option, it changes no number, there is no value or there are more than 100,000, or the option does not accept one.</exception>
    public SweepAxis(string option, params IReadOnlyList<string> values)
        : this(option, values, [])
    {
    }

    /// <summary>Takes the option of environments with values that may stand for lists.</summary>
    internal SweepAxis(string option, IReadOnlyList<string> values, IReadOnlyList<IReadOnlyList<ListedEnvironment>?> lists)
    {
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(values);
        _option = Find(option);
        _lists = lists;
        if (values.Count is 0 or > MaxValues)
        {
            throw new RecipeException($"'{_option.CommandName}' has {values.Count} values in a sweep; accepted are 1 to {MaxValues}.");
        }

        Values = [.. values.Select((value, i) => ListAt(i) is null ? _option.TextOf(_option.Set(new RunRecipe(), value)) ?? value : value)];
    }

    /// <summary>Gets the name of the option, without dashes.</summary>
    public string Option => _option.Name;

    /// <summary>Gets the values as the option writes them.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The option itself.</summary>
    internal RunOption RunOption => _option;

    /// <summary>Reads an option with its values, such as "spread=0:10:21", "step-size=0.01:1:9:log" or "algorithm=hetero-sgd,pooled-sgd".</summary>
    /// <param name="text">
    /// The name, an equals sign, and the values: FIRST:LAST:COUNT for numbers at even distances, FIRST:LAST:COUNT:log for numbers of even ratios, both of them to twelve digits between
    /// the ends; else one by one with commas between them, or with semicolons, which values that have commas themselves need.
    /// </param>
    /// <exception cref="RecipeException">It is none; the message says what was found and what is accepted.</exception>
    public static SweepAxis Parse(string text)
    {
        (RunOption option, string values) = Split(text);
        return new SweepAxis(option.Name, ValueList.Read(option, values));
    }

    /// <summary>Takes the option from its values.</summary>
    internal static (RunOption Option, string Values) Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (Find(text[..equals]), text[(equals + 1)..])
            : throw RecipeException.Of("--vary", text, $"NAME=VALUES, an option of a run and {ValueList.Accepted}");
    }

    /// <summary>Sets one of the values.</summary>
    internal RunRecipe Set(RunRecipe recipe, int value) => ListAt(value) is { } list
        ? recipe with { Environments = recipe.Environments with { List = list }, EnvironmentFile = Values[value] }
        : _option.Set(recipe, Values[value]);

    /// <summary>The list that a value stands for; null for one that stands for itself.</summary>
    internal IReadOnlyList<ListedEnvironment>? ListAt(int value) => value < _lists.Count ? _lists[value] : null;

    private static RunOption Find(string name)
    {
        string bare = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : name;
        RunOption[] all = [.. RunOptions.All.Where(option => !OfTheMachine.Contains(option.Name))];
        return Array.Find(all, option => option.Name == bare)
            ?? throw (OfTheMachine.Contains(bare)
                ? new RecipeException($"'--{bare}' changes no number; accepted is any other option of a run to vary.")
                : new RecipeException(
                    $"'{Shown.Of(bare)}' is not an option of a run{Suggestion.For(bare, all.Select(option => option.Name))}; accepted to vary are those of 'hetero run --help'."));
    }
}
