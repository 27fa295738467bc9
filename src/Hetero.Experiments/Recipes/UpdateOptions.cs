using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>The options of the update rule, and which of them go together.</summary>
internal static class UpdateOptions
{
    private const string Name = "update-rule";

    /// <summary>The numbers that some rules have, and how a recipe is rid of them.</summary>
    private static readonly (string Option, Func<UpdateRecipe, UpdateRecipe> Clear)[] Numbers =
    [
        ("momentum", update => update with { Momentum = null }),
        ("first-decay", update => update with { FirstDecay = null }),
        ("second-decay", update => update with { SecondDecay = null }),
        ("epsilon", update => update with { Epsilon = null }),
        ("orthogonalization", update => update with { Orthogonalization = null }),
    ];

    /// <summary>Makes the options.</summary>
    public static IEnumerable<RunOption> Create() =>
    [
        new ReadOption<UpdateKind>(
            Name,
            "",
            RecipeWords.Updates,
            "What a step makes of the direction: the plain step, momentum, Adam, its sign, or orthogonalized momentum.",
            r => RecipeWords.Updates.NameOf(r.Update.Rule),
            (r, value) => r with { Update = r.Update with { Rule = value } },
            "updateRule",
            "shapes")
        {
            IsLeftOutAtDefault = true,
        },
        Number(
            "momentum",
            "beta",
            NumberSyntax.BelowOne,
            "The momentum of heavy-ball and nesterov (else 0.9), sign-descent (0) and muon (0.95).",
            update => update.Momentum,
            (update, value) => update with { Momentum = value }),
        Number(
            "first-decay", "beta1", NumberSyntax.BelowOne, "The decay of adam's mean (else 0.9).", update => update.FirstDecay, (update, value) => update with { FirstDecay = value }, "firstDecay"),
        Number(
            "second-decay",
            "beta2",
            NumberSyntax.BelowOne,
            "The decay of adam's mean square (else 0.999).",
            update => update.SecondDecay,
            (update, value) => update with { SecondDecay = value },
            "secondDecay"),
        Number(
            "epsilon", "eps", NumberSyntax.Positive, "What adam adds to the root of the mean square (else 1e-8).", update => update.Epsilon, (update, value) => update with { Epsilon = value }),
        new ReadOption<Orthogonalization>(
            "orthogonalization",
            "",
            RecipeWords.Orthogonalizations,
            "How muon makes its matrix: by five steps of an iteration (the default), or as the polar factor.",
            r => r.Update.Orthogonalization is { } kind ? RecipeWords.Orthogonalizations.NameOf(kind) : null,
            (r, value) => r with { Update = r.Update with { Orthogonalization = value } },
            "orthogonalization")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<double>(
            "weight-decay",
            "lambda",
            NumberSyntax.NotNegative,
            "Decoupled weight decay: parameters times 1 - eta*lambda before the rule's step; 0 for none.",
            r => Texts.Of(r.Update.WeightDecay),
            (r, value) => r with { Update = r.Update with { WeightDecay = value } },
            "weightDecay",
            "decay")
        {
            IsLeftOutAtDefault = true,
        },
        Number(
            "clip-norm",
            "c",
            NumberSyntax.Positive,
            "Clip the direction to this norm before all else; else none is clipped.",
            update => update.ClipNorm,
            (update, value) => update with { ClipNorm = value },
            "largestNorm"),
    ];

    /// <summary>Rids a recipe, in which an update rule is given, of the numbers that it has none of and that are not given with it.</summary>
    public static RunRecipe Clear(RunRecipe recipe, IReadOnlyCollection<string> given)
    {
        foreach ((string option, Func<UpdateRecipe, UpdateRecipe> clear) in Numbers)
        {
            if (given.Contains(Name) && !Has(recipe.Update.Rule, option) && !given.Contains(option))
            {
                recipe = recipe with { Update = clear(recipe.Update) };
            }
        }

        return recipe;
    }

    /// <summary>Refuses numbers that the rule has none of, and those that would change nothing.</summary>
    public static void Check(RunRecipe recipe)
    {
        UpdateRecipe update = recipe.Update;
        foreach ((string name, _) in Numbers)
        {
            if (RunOptions.Find(name)!.TextOf(recipe) is { } text && !Has(update.Rule, name))
            {
                string[] rules = [.. Enum.GetValues<UpdateKind>().Where(rule => Has(rule, name)).Select(RecipeWords.Updates.NameOf)];
                string list = rules.Length == 1 ? rules[0] : $"{string.Join(", ", rules[..^1])} or {rules[^1]}";
                throw RecipeException.Of($"--{name}", text, $"one together with '--{Name}' {list} alone");
            }
        }

        if (update is { ClipNorm: { } norm, Rule: UpdateKind.SignDescent or UpdateKind.Muon } && update.Resolve().Momentum == 0)
        {
            throw RecipeException.Of(
                "--clip-norm", Texts.Of(norm), $"none for '--{Name} {RecipeWords.Updates.NameOf(update.Rule)}' with '--momentum' 0, whose step is the same for directions of any norm");
        }
    }

    private static bool Has(UpdateKind rule, string option)
        => RunOptions.Find(option)!.TextOf(new RunRecipe { Update = UpdateRecipe.Default(rule) }) is not null;

    private static ReadOption<double> Number(
        string name,
        string symbol,
        ValueSyntax<double> format,
        string description,
        Func<UpdateRecipe, double?> value,
        Func<UpdateRecipe, double, UpdateRecipe> set,
        string? argument = null)
        => new(
            name,
            symbol,
            format,
            description,
            r => value(r.Update) is { } number ? Texts.Of(number) : null,
            (r, number) => r with { Update = set(r.Update, number) },
            argument ?? name)
        {
            IsLeftOutAtDefault = true,
        };
}
