using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>A step size and an M with the late spurious shares of its runs.</summary>
/// <param name="Recipe">The recipe of the first seed.</param>
/// <param name="LateShares">The spurious share on average over the second half of each run, +∞ for one that diverged; ascending.</param>
/// <param name="Predicted">The median that <see cref="NoisyPopulation"/> predicts at finite m; null at m = ∞.</param>
internal sealed record PhaseCell(RunRecipe Recipe, double[] LateShares, double? Predicted = null)
{
    /// <summary>Gets the median over the runs.</summary>
    public double Median => Quantile(0.5);

    /// <summary>Gets how many runs diverged.</summary>
    public int Diverged => LateShares.Count(double.IsPositiveInfinity);

    /// <summary>Gets the M between which the spurious part dies out at m = ∞, E log|1 + ηs| &lt; 0.</summary>
    public (double Lower, double Upper) Window => StabilityThreshold.TwoPointSpreads(Recipe.SpuriousMean, Recipe.StepSize);

    /// <summary>Gets the law of s.</summary>
    public EntryLaw Law => EntryLaw.TwoPoint(Recipe.SpuriousMean, Recipe.Spread);

    /// <summary>Returns a quantile over the runs.</summary>
    public double Quantile(double probability) => Quantiles.OfSorted(LateShares, probability);
}
