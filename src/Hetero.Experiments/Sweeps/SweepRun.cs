using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SweepRun
{
    internal SweepRun(int cell, RunRecipe recipe, string id) => (Cell, Recipe, Id) = (cell, recipe, id);

    /// <summary>Gets the 0-based cell that it belongs to.</summary>
    public int Cell { get; }

    /// <summary>Gets what is trained.</summary>
    public RunRecipe Recipe { get; }

    /// <summary>
    /// Gets sixteen hexadecimal digits of a hash of all that its row depends on: the recipe without threads and memory, the window of time averages, and the versions of random streams and
    /// arithmetic. It does not depend on what else the sweep has.
    /// </summary>
    public string Id { get; }
}
