using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>Runs of <see cref="LabelNoiseGrowth"/> that differ in their seed alone.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Recipe">The recipe of the first seed.</param>
internal sealed record LabelNoiseGroup(string Name, RunRecipe Recipe)
{
    /// <summary>Gets whether every step measures afresh.</summary>
    public bool IsFresh => Recipe.Measurements != MeasurementKind.Stored;

    /// <summary>Gets the runs, once they are made.</summary>
    public LabelNoiseRun[] Runs { get; set; } = [];

    /// <summary>Gets the run of the first seed with every measurement drawn; null for none.</summary>
    public LabelNoiseRun? Single { get; set; }

    /// <summary>Gets the recipe of that run.</summary>
    public RunRecipe SingleRecipe => Recipe with { Measurements = MeasurementKind.Regenerated };

    /// <summary>Gets the median spurious share at the last step.</summary>
    public double SpuriousShare => Band(run => run.Spurious).Median[^1];

    /// <summary>Gets the predicted growth of log‖E‖ at every step for each seed; empty where none is.</summary>
    public IReadOnlyList<double[]> Predicted { get; private set; } = [];

    /// <summary>Predicts the growth for a number of seeds.</summary>
    public void Predict(int seeds) => Predicted = IsFresh ? [.. RunBatch.OverSeeds(Recipe, seeds).Select(ResidualGrowth.Predict)] : [];

    /// <summary>Gets the predicted size of the residual at every step, the median over the seeds.</summary>
    public double[] PredictedSizes()
    {
        double first = Recipe.InitialScale * Math.Sqrt(Recipe.Dimension - (Recipe.Spread > 0 ? 1 : 2));
        return [.. QuantileBand.Of([.. Predicted]).Median.Select(growth => first * Math.Exp(growth))];
    }

    /// <summary>Gets the mean over the runs of the growth of log‖E‖.</summary>
    public double Growth => Runs.Average(run => run.Growth);

    /// <summary>Summarizes a quantity.</summary>
    public QuantileBand Band(Func<LabelNoiseRun, double[]> quantity) => QuantileBand.Of([.. Runs.Select(quantity)]);
}
