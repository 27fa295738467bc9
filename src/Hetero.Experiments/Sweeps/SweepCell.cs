using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>One choice of the values of a sweep.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SweepCell
{
    internal SweepCell(IReadOnlyList<string> values, RunRecipe recipe) => (Values, Recipe) = (values, recipe);

    /// <summary>Gets the value of each option that varies.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Gets the recipe of the first seed.</summary>
    public RunRecipe Recipe { get; }
}
