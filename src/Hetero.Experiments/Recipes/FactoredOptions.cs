using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>What measurements in factored form take, and what the others do not.</summary>
internal static class FactoredOptions
{
    /// <summary>Refuses dimensions of which no d×d matrix fits where there is one, and models, neurons and columns that measurements without one do not have.</summary>
    public static void Check(RunRecipe recipe)
    {
        string measurements = $"'--measurements {RecipeWords.Measurements.NameOf(recipe.Measurements)}'";
        if (!recipe.IsFactored)
        {
            if (recipe.Dimension > GramModel<double>.MaxDimension)
            {
                throw RecipeException.Of(
                    "--dimension",
                    Texts.Of(recipe.Dimension),
                    $"at most {GramModel<double>.MaxDimension} for {measurements}, or '--measurements {RecipeWords.Measurements.NameOf(MeasurementKind.ExactLawFactored)}'");
            }

            return;
        }

        if (recipe.Model != ModelKind.Gram)
        {
            throw RecipeException.Of("--model", RecipeWords.Models.NameOf(recipe.Model), $"gram for {measurements}, which make no d×d matrix");
        }

        if (recipe.Neurons)
        {
            throw RecipeException.Of("--neurons", "true", $"false for {measurements}, which make no d×d matrix that neurons could have weights in");
        }

        int most = FactoredExactLawMeasurements<double>.MaxColumns - recipe.InvariantRank - recipe.SpuriousRank;
        most = Math.Min(most, Array.MaxLength / recipe.Dimension);
        if (recipe.Columns > most)
        {
            throw RecipeException.Of("--factor-columns", Texts.Of(recipe.Columns), $"at most {most} for {measurements} at '--dimension' {recipe.Dimension}");
        }
    }
}
