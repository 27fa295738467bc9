using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>The options of the objective, and what it needs of the others.</summary>
internal static class ObjectiveOptions
{
    private const string Name = "objective";

    private const string Penalty = "penalty";

    private const string Agreement = "agreement";

    /// <summary>Makes the options.</summary>
    public static IEnumerable<RunOption> Create() =>
    [
        new ReadOption<ObjectiveKind>(
            Name,
            "",
            RecipeWords.Objectives,
            "How pooled-gd makes one gradient of those of all environments: none is their mean, the others ask for invariance.",
            r => RecipeWords.Objectives.NameOf(r.Objective.Kind),
            (r, value) => r with { Objective = r.Objective with { Kind = value } },
            Name)
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<double>(
            Penalty,
            "lambda",
            NumberSyntax.NotNegative,
            "The weight of the objective's penalty.",
            r => r.Objective.Penalty is { } weight ? Texts.Of(weight) : null,
            (r, value) => r with { Objective = r.Objective with { Penalty = value } },
            Penalty,
            "weight")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<double>(
            Agreement,
            "tau",
            NumberSyntax.Share,
            "The share of the environments whose signs must agree for and-mask (else 1).",
            r => r.Objective.Agreement is { } agreement ? Texts.Of(agreement) : null,
            (r, value) => r with { Objective = r.Objective with { Agreement = value } },
            Agreement)
        {
            IsLeftOutAtDefault = true,
        },
    ];

    /// <summary>Rids a recipe, in which an objective is given, of the numbers that it has none of and that are not given with it.</summary>
    public static RunRecipe Clear(RunRecipe recipe, IReadOnlyCollection<string> given)
    {
        ObjectiveRecipe objective = recipe.Objective;
        return !given.Contains(Name) ? recipe : recipe with
        {
            Objective = objective with
            {
                Penalty = ObjectiveRecipe.HasPenalty(objective.Kind) || given.Contains(Penalty) ? objective.Penalty : null,
                Agreement = objective.Kind == ObjectiveKind.AndMask || given.Contains(Agreement) ? objective.Agreement : null,
            },
        };
    }

    /// <summary>Refuses numbers that the objective has none of, and a run that cannot give it what it needs.</summary>
    public static void Check(RunRecipe recipe, EnvironmentDistribution environments)
    {
        ObjectiveRecipe objective = recipe.Objective;
        string named = RecipeWords.Objectives.NameOf(objective.Kind);
        if (objective.Penalty is { } weight && !ObjectiveRecipe.HasPenalty(objective.Kind))
        {
            string[] kinds = [.. Enum.GetValues<ObjectiveKind>().Where(ObjectiveRecipe.HasPenalty).Select(RecipeWords.Objectives.NameOf)];
            throw RecipeException.Of($"--{Penalty}", Texts.Of(weight), $"one together with '--{Name}' {string.Join(", ", kinds[..^1])} or {kinds[^1]} alone");
        }

        if (objective.Agreement is { } agreement && objective.Kind != ObjectiveKind.AndMask)
        {
            throw RecipeException.Of($"--{Agreement}", Texts.Of(agreement), $"one together with '--{Name} {RecipeWords.Objectives.NameOf(ObjectiveKind.AndMask)}' alone");
        }

        if (objective.Penalty is null && ObjectiveRecipe.HasPenalty(objective.Kind))
        {
            throw new RecipeException($"'--{Name} {named}' is given without '--{Penalty}'; accepted are both of them together.");
        }

        if (objective.Kind == ObjectiveKind.None)
        {
            return;
        }

        if (recipe.Algorithm != Algorithm.PooledGd)
        {
            throw RecipeException.Of($"--{Name}", named, "none where '--algorithm' is not pooled-gd: a step has to see all environments");
        }

        if (environments.Count is null)
        {
            throw RecipeException.Of($"--{Name}", named, $"none for '--environments {recipe.EnvironmentsText}', which are infinitely many");
        }

        CheckNeeds(recipe, NeedsOf(recipe), named);
    }

    /// <summary>What the objective needs; of a weight that the library refuses, it says so.</summary>
    private static ObjectiveNeeds NeedsOf(RunRecipe recipe)
    {
        try
        {
            return recipe.Precision == Precision.Single ? recipe.Objective.Create<float>()!.Needs : recipe.Objective.Create<double>()!.Needs;
        }
        catch (ArgumentException exception)
        {
            throw RecipeArguments.Translate(exception, recipe)
                ?? RecipeException.Refused($"--{Name}", RecipeWords.Objectives.NameOf(recipe.Objective.Kind), ArgumentText.Of(exception));
        }
    }

    private static void CheckNeeds(RunRecipe recipe, ObjectiveNeeds needs, string named)
    {
        string objective = $"'--{Name} {named}'";
        if (recipe.IsFactored)
        {
            string measurements = RecipeWords.Measurements.NameOf(recipe.Measurements);
            throw RecipeException.Of("--measurements", measurements, $"others for {objective}, which needs the gradient of each environment itself");
        }

        string model = RecipeWords.Models.NameOf(recipe.Model);
        if (recipe.Model == ModelKind.QuadraticNetwork)
        {
            throw RecipeException.Of("--model", model, $"another for {objective}, under which a step says nothing that its shrinkage could go by");
        }

        if (needs.HasFlag(ObjectiveNeeds.Factor) && recipe.Model != ModelKind.Gram)
        {
            throw RecipeException.Of("--model", model, $"gram for {objective}, whose penalty is one on U of UU^T");
        }

        if (!needs.HasFlag(ObjectiveNeeds.Risks))
        {
            return;
        }

        if (recipe.Truncation is { } level)
        {
            throw RecipeException.Of("--truncation", Texts.Of(level), $"none for {objective}, which needs the risks of all samples");
        }

        if (recipe.Measurements == MeasurementKind.Population)
        {
            return;
        }

        foreach ((string option, double deviation) in new[] { ("--noise", recipe.Noise), ("--label-noise", recipe.LabelNoise) })
        {
            if (deviation > 0)
            {
                throw RecipeException.Of(option, Texts.Of(deviation), $"0 for {objective}, which needs the risks: the noise in them is not kept");
            }
        }
    }
}
