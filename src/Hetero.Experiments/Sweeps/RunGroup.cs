using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>Runs that differ in their seed alone, in a few words.</summary>
/// <param name="Name">What they are called in a manifest.</param>
/// <param name="Recipe">The recipe of the first of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Diverged">How many diverged; in quantiles they count as +∞.</param>
public sealed record RunGroup(string Name, RunRecipe Recipe, int Count, int Diverged);
