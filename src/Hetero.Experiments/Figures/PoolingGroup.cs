using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Figures;

/// <summary>Runs with one M and one pooled share, and the spurious share at their last step.</summary>
internal sealed class PoolingGroup(RunRecipe recipe)
{
    public RunRecipe Recipe => recipe;

    /// <summary>Median, 10 % and 90 % quantile.</summary>
    public (double Median, double Low, double High) Measured { get; set; }

    /// <summary>The median at m = ∞ over the same seeds.</summary>
    public double Expected { get; set; }

    /// <summary>The mean over runs of the spurious share's mean over the second half of the steps; infinite if a run diverged.</summary>
    public double Late { get; set; }

    /// <summary>The median true share at the last step.</summary>
    public double TrueShare { get; set; }
}
