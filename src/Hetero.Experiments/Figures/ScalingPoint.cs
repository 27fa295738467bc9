using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>One point of a scaling law: runs with one (d, m) or one (η, α), and the quantity measured over them.</summary>
/// <param name="isTime">Whether the quantity is the first step with a true share above a level, and not the error at the last step.</param>
/// <param name="title">What its runs are called in the manifest.</param>
/// <param name="recipe">The recipe of its first seed.</param>
internal sealed class ScalingPoint(bool isTime, string title, RunRecipe recipe)
{
    public bool IsTime => isTime;

    public string Title => title;

    public RunRecipe Recipe => recipe;

    /// <summary>d/m.</summary>
    public double Ratio => (double)recipe.Dimension / recipe.Samples;

    /// <summary>log(1/α).</summary>
    public double LogScale => -Math.Log(recipe.InitialScale);

    /// <summary>Median, 10 % and 90 % quantile.</summary>
    public (double Median, double Low, double High) Measured { get; set; }

    /// <summary>Takes the quantity from the runs; one that diverged counts as +∞, and so does one whose share does not get there.</summary>
    public void Measure(SeedSweep sweep, double level)
    {
        if (!isTime)
        {
            QuantileBand band = sweep.Band(row => row.Error);
            Measured = (band.Median[^1], band.Low[^1], band.High[^1]);
            return;
        }

        double[] steps = [.. sweep.Runs.Select(run => FirstAbove(run, level)).Order()];
        Measured = (Quantiles.OfSorted(steps, 0.5), Quantiles.OfSorted(steps, 0.1), Quantiles.OfSorted(steps, 0.9));
    }

    private static double FirstAbove(RecordedRun run, double level)
    {
        foreach (TrajectoryRow row in run.Trajectory.Rows)
        {
            if (row.Signal > level)
            {
                return row.Step;
            }
        }

        return double.PositiveInfinity;
    }
}
