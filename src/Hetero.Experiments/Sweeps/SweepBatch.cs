using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Sweeps;

/// <summary>Trains sweeps in one batch, so that no core waits between them.</summary>
public static class SweepBatch
{
    /// <summary>Trains, and gives each sweep its runs.</summary>
    /// <param name="sweeps">What to train.</param>
    /// <param name="seeds">The number of runs of each sweep, 1 or more.</param>
    /// <param name="threads">How many runs at the same time; the numbers do not depend on it.</param>
    /// <param name="progress">Receives the share of the work that is done, from 0 to 1, from any thread; null for none.</param>
    /// <param name="cancellation">Ends the work; the sweeps then have no runs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="RecipeException">A recipe is refused, or a seed is beyond 2⁶⁴ − 1.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Execute(
        IReadOnlyList<SeedSweep> sweeps, int seeds, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sweeps);
        List<(RunRecipe Recipe, SeedSweep Sweep, int Seed)> work = [];
        foreach (SeedSweep sweep in sweeps)
        {
            // −1 stands for the single run.
            if (sweep.SingleRecipe is { } single)
            {
                work.Add((single, sweep, -1));
            }

            work.AddRange(RunBatch.OverSeeds(sweep.Recipe, seeds).Select((recipe, i) => (recipe, sweep, i)));
        }

        // The longest first, or the last core works on it alone while the others have nothing left. The sort is stable.
        (RunRecipe Recipe, SeedSweep Sweep, int Seed)[] ordered = [.. work.OrderByDescending(item => RunWork.Of(item.Recipe))];
        RecordedRun[] recorded = RunBatch.Execute([.. ordered.Select(item => item.Recipe)], threads, progress, cancellation);
        Dictionary<SeedSweep, RecordedRun[]> runs = sweeps.Distinct().ToDictionary(sweep => sweep, _ => new RecordedRun[seeds]);
        for (int i = 0; i < ordered.Length; i++)
        {
            if (ordered[i].Seed < 0)
            {
                ordered[i].Sweep.Single = recorded[i];
            }
            else
            {
                runs[ordered[i].Sweep][ordered[i].Seed] = recorded[i];
            }
        }

        foreach (SeedSweep sweep in sweeps)
        {
            sweep.Runs = runs[sweep];
        }
    }
}
