using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>Runs with off-diagonal entries of one size, and their summary.</summary>
internal sealed class OffDiagonalGroup(int rank, double ratio, RunRecipe recipe)
{
    /// <summary>The order r2 of Σ^(e).</summary>
    public int Rank => rank;

    /// <summary>The size of the off-diagonal entries in units of M.</summary>
    public double Ratio => ratio;

    public RunRecipe Recipe => recipe;

    /// <summary>True share, spurious share and error.</summary>
    public QuantileBand[] Bands { get; set; } = [];

    /// <summary>The median over runs of the spurious share's mean over the second half of the steps.</summary>
    public double Late { get; set; }

    public int Diverged { get; set; }
}
