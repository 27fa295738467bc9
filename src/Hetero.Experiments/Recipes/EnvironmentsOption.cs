namespace Hetero.Experiments.Recipes;

/// <summary>The law of the environments: a word, or the name of the file that a list comes from, which whoever reads files reads.</summary>
internal sealed class EnvironmentsOption() : RunOption(
    OptionName,
    "two-point|uniform|FILE.json",
    "The law of s, mean - M or mean + M or uniform between them, or a file with a list of matrices.",
    ["environments"])
{
    public const string OptionName = "environments";

    public override string Accepted => "two-point, uniform or the name of a JSON file";

    internal override bool IsChoice => false;

    internal override RecipeForm Form => RecipeForm.Word;

    public override RunRecipe Set(RunRecipe recipe, string text)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(text);
        return RecipeWords.Laws.TryRead(text, out var law)
            ? recipe with { Environments = recipe.Environments with { Law = law, List = [] }, EnvironmentFile = null }
            : throw RecipeException.Of(CommandName, text, RecipeWords.Laws.Accepted + ", or a list in a file, which is read apart");
    }

    public override string? TextOf(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.EnvironmentsText;
    }

    internal override void Check(RunRecipe recipe)
    {
        if (!recipe.Environments.IsListed)
        {
            Set(recipe, recipe.EnvironmentsText);
        }
        else if (RecipeWords.Laws.TryRead(recipe.EnvironmentsText, out _))
        {
            throw RecipeException.Of(CommandName, recipe.EnvironmentsText, "the name of a file for a list, which takes the place of a law");
        }
    }
}
