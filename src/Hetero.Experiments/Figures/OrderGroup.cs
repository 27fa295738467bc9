using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>Runs with one order of the environments and one M, and their summary.</summary>
internal sealed class OrderGroup(string name, RunRecipe recipe)
{
    /// <summary>The order in words.</summary>
    public string Name => name;

    public RunRecipe Recipe => recipe;

    /// <summary>The spurious share.</summary>
    public QuantileBand Band { get; set; } = null!;

    /// <summary>At each row the share of runs whose spurious share is above ½; a diverged one counts.</summary>
    public double[] Above { get; set; } = [];
}
