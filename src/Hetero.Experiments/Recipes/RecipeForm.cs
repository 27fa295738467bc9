namespace Hetero.Experiments.Recipes;

/// <summary>How a value stands in JSON.</summary>
internal enum RecipeForm
{
    Number,
    Word,
    Flag,
    List,
}
