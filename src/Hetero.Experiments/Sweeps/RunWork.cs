using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>Roughly how long runs take, relative to each other: enough to begin with the longest and to say how much is left.</summary>
internal static class RunWork
{
    // Products of matrices are several times faster, number for number, than drawing Gaussian numbers. Measured at d = 100.
    private const double GaussianCost = 8;

    /// <summary>The work of a whole run.</summary>
    public static double Of(RunRecipe recipe) => recipe.Steps * OfStep(recipe);

    /// <summary>The work of a step: products of d×d and d×k, and for each gradient d² numbers for each measurement that is drawn or read; of a federated round, those of all its clients.</summary>
    public static double OfStep(RunRecipe recipe)
    {
        double steps = (double)recipe.Clients * recipe.LocalSteps, square = (double)recipe.Dimension * recipe.Dimension;
        if (recipe.IsFactored)
        {
            double columns = (double)recipe.Columns + recipe.InvariantRank + recipe.SpuriousRank;
            return steps * Gradients(recipe) * recipe.Dimension * ((GaussianCost * recipe.Columns) + (4 * columns * columns));
        }

        return steps * ((square * recipe.Columns) + (Gradients(recipe) * square * recipe.Measurements switch
        {
            MeasurementKind.Regenerated => GaussianCost * recipe.Samples,
            MeasurementKind.Stored => recipe.Samples,
            MeasurementKind.RankOne or MeasurementKind.StoredRankOne => 3 * recipe.Samples,
            _ => GaussianCost,
        }));
    }

    /// <summary>
    /// How many gradients a step measures: PooledGD one of each environment, and once more of a second matrix where an objective asks for it; at m = ∞, or over
    /// infinitely many environments, their mean alone.
    /// </summary>
    /// <exception cref="RecipeException">A recipe of PooledGD is refused.</exception>
    private static int Gradients(RunRecipe recipe)
    {
        bool isMean = recipe.Measurements == MeasurementKind.Population && recipe.Objective.Kind == ObjectiveKind.None;
        return recipe.Algorithm != Algorithm.PooledGd || isMean ? 1 : (RecipeCheck.Check(recipe).Count ?? 1) * (recipe.Objective.NeedsApplication ? 2 : 1);
    }
}
