using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>The options of federated rounds, and which of them go together.</summary>
internal static class RoundOptions
{
    /// <summary>Makes the options.</summary>
    public static IEnumerable<RunOption> Create() =>
    [
        new ReadOption<int>(
            "clients",
            "N",
            NumberSyntax.Whole(1, int.MaxValue),
            "The clients of hetero-sgd's round, which start at the same U and are averaged: a step is a round.",
            r => Texts.Of(r.Clients),
            (r, value) => r with { Clients = value },
            "clients")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<int>(
            "local-steps",
            "K",
            NumberSyntax.Whole(1, int.MaxValue),
            "The steps that each client makes in a round, all with its own environment.",
            r => Texts.Of(r.LocalSteps),
            (r, value) => r with { LocalSteps = value },
            "localSteps")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<ClientParticipation>(
            "participation",
            "",
            RecipeWords.Participations,
            "How a round chooses its clients: each draws its environment, or all have different ones of a list.",
            r => RecipeWords.Participations.NameOf(r.Participation),
            (r, value) => r with { Participation = value },
            "participation",
            "distinct")
        {
            IsLeftOutAtDefault = true,
        },
    ];

    /// <summary>Rids a recipe, in which a single client is given, of a participation that needs more of them.</summary>
    public static RunRecipe Clear(RunRecipe recipe, IReadOnlyCollection<string> given)
        => given.Contains("clients") && recipe.Clients == 1 && !given.Contains("participation") ? recipe with { Participation = ClientParticipation.Independent } : recipe;

    /// <summary>Refuses rounds that the algorithm, the environments or the number of steps do not allow.</summary>
    public static void Check(RunRecipe recipe, EnvironmentDistribution environments)
    {
        if (recipe is { Participation: ClientParticipation.Distinct, Clients: 1 })
        {
            throw RecipeException.Of("--participation", RecipeWords.Participations.NameOf(recipe.Participation), "independent for a single one of '--clients'");
        }

        string? option = recipe.Clients > 1 ? "--clients" : recipe.LocalSteps > 1 ? "--local-steps" : null;
        if (option is null)
        {
            return;
        }

        string value = Texts.Of(recipe.Clients > 1 ? recipe.Clients : recipe.LocalSteps);
        if (recipe.Algorithm != Algorithm.HeteroSgd)
        {
            throw RecipeException.Of(option, value, "1 where '--algorithm' is not hetero-sgd");
        }

        if (recipe.EnvironmentOrder != EnvironmentOrderKind.Independent)
        {
            throw RecipeException.Of(
                "--environment-order",
                RecipeWords.EnvironmentOrders.NameOf(recipe.EnvironmentOrder),
                "independent for rounds of '--clients' or '--local-steps', whose environments '--participation' says");
        }

        if ((Int128)recipe.Clients * recipe.LocalSteps * Math.Max(recipe.Steps, 1) > int.MaxValue)
        {
            throw RecipeException.Of(
                option, value, $"one whose product with '{(option == "--clients" ? "--local-steps" : "--clients")}' and '--steps', {recipe.Steps}, is at most {int.MaxValue}");
        }

        if (recipe.Rounds!.Order.Refuse(environments) is not null)
        {
            throw environments.Count < recipe.Clients
                ? RecipeException.Of("--clients", Texts.Of(recipe.Clients), $"at most the number of environments, {environments.Count}, for '--participation distinct'")
                : RecipeException.Of("--participation", RecipeWords.Participations.NameOf(recipe.Participation), "independent, where environments are no list of equal odds");
        }
    }
}
