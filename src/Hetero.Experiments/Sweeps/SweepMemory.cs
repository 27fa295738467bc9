using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Sweeps;

/// <summary>How much memory a sweep takes: that of its largest run as often as runs go on at the same time, of whose rows none are kept.</summary>
internal readonly record struct SweepMemory(Int128 Run, long Limit, int AtOnce)
{
    /// <summary>The bytes of all runs at the same time.</summary>
    public Int128 Total => Run * AtOnce;

    /// <summary>Estimates runs, of which those of one cell take the same.</summary>
    public static SweepMemory Of(IEnumerable<SweepRun> runs, int threads)
    {
        Int128 largest = 0;
        long limit = 0;
        int count = 0, cell = -1;
        foreach (SweepRun run in runs.OrderBy(run => run.Cell))
        {
            count++;
            if (run.Cell != cell)
            {
                cell = run.Cell;
                largest = Int128.Max(largest, MemoryEstimate.Of(run.Recipe).Total);
                limit = Math.Max(limit, run.Recipe.MemoryLimit);
            }
        }

        return new SweepMemory(largest, limit, Math.Min(threads, count));
    }

    /// <summary>Refuses runs that take more at the same time than one may.</summary>
    /// <exception cref="RecipeException">They do.</exception>
    public static void Check(IEnumerable<SweepRun> runs, int threads)
    {
        SweepMemory memory = Of(runs, threads);
        if (memory.Total > memory.Limit)
        {
            throw new RecipeException(
                $"the sweep needs {ByteSize.Of(memory.Run)} for each of {memory.AtOnce} runs at the same time ('--threads'); accepted is what fits into '--memory', {ByteSize.Of(memory.Limit)}.");
        }
    }
}
