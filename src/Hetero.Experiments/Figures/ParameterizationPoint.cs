using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>Runs of one parameterization with one mean and one M, at finite m or at m = ∞.</summary>
internal sealed class ParameterizationPoint(string parameterization, RunRecipe recipe)
{
    /// <summary>What the matrix is made of, and why with that many columns.</summary>
    public string Parameterization => parameterization;

    public RunRecipe Recipe => recipe;

    public bool IsPopulation => recipe.Measurements == MeasurementKind.Population;

    /// <summary>Median, 10 % and 90 % quantile of ‖M − A*‖_F/‖A*‖_F at the last step.</summary>
    public (double Median, double Low, double High) Error { get; private set; }

    /// <summary>The median true share at the last step.</summary>
    public double Signal { get; private set; }

    /// <summary>The median size of the spurious share at the last step.</summary>
    public double Spurious { get; private set; }

    /// <summary>The root of the mean square, over runs and the second half of the steps, of ‖M − A* − Ā‖_F.</summary>
    public double PooledDistance { get; private set; }

    /// <summary>Takes the numbers of finished runs.</summary>
    public void Read(SeedSweep sweep)
    {
        QuantileBand error = sweep.Band(row => row.Error / Math.Sqrt(recipe.InvariantRank));
        Error = (error.Median[^1], error.Low[^1], error.High[^1]);
        Signal = sweep.Band(row => row.Signal).Median[^1];
        Spurious = sweep.Band(row => Math.Abs(row.Spurious)).Median[^1];
        PooledDistance = Math.Sqrt(sweep.LateMeans(row => row.PooledError * row.PooledError).Average());
    }
}
