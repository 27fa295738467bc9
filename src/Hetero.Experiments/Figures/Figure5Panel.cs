using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>One panel of Figure 5: an algorithm, its runs and their summary.</summary>
internal sealed class Figure5Panel(string title, RunRecipe recipe)
{
    public string Title => title;

    /// <summary>The recipe of the first seed.</summary>
    public RunRecipe Recipe => recipe;

    /// <summary>The runs.</summary>
    public SeedSweep Sweep { get; } = new(title, recipe, withSingleRun: true);

    /// <summary>A band for each quantity.</summary>
    public QuantileBand[] Bands { get; set; } = [];
}
