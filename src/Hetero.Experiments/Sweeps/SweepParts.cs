using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>A sweep as it is being put together, from a file and a command line.</summary>
/// <param name="Recipe">What does not vary.</param>
/// <param name="Axes">What varies.</param>
/// <param name="Seeds">The number of runs of each cell; null where nothing is said.</param>
/// <param name="IsZipped">Whether options go in step; null where nothing is said.</param>
/// <param name="AverageFrom">The share of the steps that time averages leave out; null where nothing is said.</param>
internal sealed record SweepParts(RunRecipe Recipe, IReadOnlyList<SweepAxis> Axes, int? Seeds = null, bool? IsZipped = null, double? AverageFrom = null)
{
    /// <summary>Makes the sweep.</summary>
    public SweepGrid Create() => new(Recipe, Axes, Seeds ?? 1, IsZipped ?? false, AverageFrom ?? SweepGrid.SecondHalf);
}
