using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>Roughly how long runs take, relative to each other: enough to begin with the longest and to say how much is left.</summary>
internal static class RunWork
{
    // Products of matrices are several times faster, number for number, than drawing Gaussian numbers. Measured at d = 100.
    private const double GaussianCost = 8;

    /// <summary>The work of a whole run.</summary>
    public static double Of(RunRecipe recipe) => recipe.Steps * OfStep(recipe);

    /// <summary>The work of a step: products of d×d and d×k, and d² numbers for each measurement that is drawn or read.</summary>
    public static double OfStep(RunRecipe recipe)
    {
        double d = recipe.Dimension;
        double products = d * d * recipe.Columns;
        return recipe.Measurements switch
        {
            MeasurementKind.Regenerated => products + (GaussianCost * recipe.Samples * d * d),
            MeasurementKind.Stored => products + (recipe.Samples * d * d),
            MeasurementKind.RankOne or MeasurementKind.StoredRankOne => products + (3 * recipe.Samples * d * d),
            _ => products + (GaussianCost * d * d),
        };
    }
}
