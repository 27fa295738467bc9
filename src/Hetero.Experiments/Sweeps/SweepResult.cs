using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>A run of a sweep and what came of it.</summary>
/// <param name="Recipe">What was trained.</param>
/// <param name="Summary">What came of it.</param>
public sealed record SweepResult(RunRecipe Recipe, RunSummary Summary);
