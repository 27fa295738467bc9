using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>One line of <see cref="Theorem7"/>: runs of one recipe, and what they did.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Recipe">The recipe of the first seed.</param>
internal sealed record NetworkGroup(string Name, RunRecipe Recipe)
{
    /// <summary>‖UUᵀ − A*‖_F/‖A*‖_F over the recorded steps.</summary>
    public QuantileBand Error { get; set; } = null!;

    /// <summary>The mean weight on the invariant neurons.</summary>
    public QuantileBand Invariant { get; set; } = null!;

    /// <summary>The mean weight on the variant neurons.</summary>
    public QuantileBand Variant { get; set; } = null!;

    /// <summary>The largest share of a step's samples that were left out, over the steps and the runs that did not diverge.</summary>
    public double LeftOut { get; set; }

    /// <summary>The number of runs that diverged.</summary>
    public int Diverged { get; set; }
}
