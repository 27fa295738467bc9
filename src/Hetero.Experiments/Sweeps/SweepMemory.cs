using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>How much memory a sweep takes: runs at the same time, of whose rows none are kept.</summary>
internal static class SweepMemory
{
    /// <summary>The bytes of the largest run.</summary>
    public static Int128 OfRun(SweepGrid grid) => grid.Cells.Max(cell => MemoryEstimate.Of(cell.Recipe).Total);

    /// <summary>Refuses a sweep whose runs at the same time take more than one may.</summary>
    /// <exception cref="RecipeException">It does.</exception>
    public static void Check(SweepGrid grid, int threads)
    {
        int atOnce = Math.Min(threads, grid.Runs.Count);
        Int128 run = OfRun(grid);
        if (run * atOnce > grid.Recipe.MemoryLimit)
        {
            throw new RecipeException(
                $"the sweep needs {ByteSize.Of(run)} for each of {atOnce} runs at the same time ('--threads'); accepted is what fits into '--memory', {ByteSize.Of(grid.Recipe.MemoryLimit)}.");
        }
    }
}
