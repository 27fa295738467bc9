using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Fits;

/// <summary>Fits the data of several environments: the one place where data, split, algorithm and criterion are put together.</summary>
public static class Fitting
{
    /// <summary>Trains a run for each seed, and beside them one that does not know of environments.</summary>
    /// <typeparam name="T">float or double, in the place of the recipe's precision.</typeparam>
    /// <param name="data">The data; their files stay open until it returns.</param>
    /// <param name="recipe">What to do.</param>
    /// <param name="saving">Keeps states on the way; null for none.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="progress">Receives the share of the runs that is made; null for none.</param>
    /// <param name="cancellation">Ends the work soon, between two steps while it trains: the result then says that it is cancelled, and has what was done.</param>
    /// <exception cref="RecipeException">The recipe is refused.</exception>
    /// <exception cref="InvalidDataException">A state that <paramref name="saving"/> opens is none, damaged, or of another fit.</exception>
    /// <exception cref="RunMismatchException">A state is of other data, or of a run with other options.</exception>
    public static FitResult<T> Fit<T>(
        DataSet<T> data, FitRecipe recipe, FitSaving? saving = null, WorkerTeam? team = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(recipe);
        if (saving is { Every: < 1 })
        {
            throw new ArgumentException($"'{nameof(saving)}' saves every {saving.Every} steps; accepted is 1 or more.", nameof(saving));
        }

        recipe.Check(data.Manifest);
        int[] counts = [.. data.Environments.Select(rows => rows.Responses.Length)], held = [.. counts.Select(rows => 2 * HeldOutSplit<T>.HalfOf(rows, recipe.HeldOutShare))];
        FitMemory memory = new(
            recipe,
            data.Manifest.Dimension,
            counts.Length,
            counts.Max(),
            RowSelection.BytesOf<T>(counts.Sum(rows => (long)rows)),
            data.PackedBytes);
        memory.Check(buffers: 0);
        FitSetting<T> setting = new(data) { Memory = memory, Saving = saving, Team = team, Cancellation = cancellation };
        FitWork<T> work = new(setting, recipe, progress);
        try
        {
            work.Do(data);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            work.IsCancelled = true;
        }

        return new(
            work.Recipe,
            work.Runs,
            work.Chosen,
            work.Pooled,
            [.. counts.Zip(held, (all, some) => all - some)],
            held,
            FingerprintOf(),
            work.StepSize,
            work.TwoFits,
            work.NoTwoFits,
            work.Tuning)
        {
            IsCancelled = work.IsCancelled,
            Size = work.Size,
            PooledSize = work.PooledSize,
            RankTest = work.RankTest,
        };

        // All bytes are read for it: whoever has ended the work does not wait for that.
        string FingerprintOf()
        {
            try
            {
                return (setting.Identity ?? FitIdentity.Of(data, recipe.HeldOutShare, cancellation)).Fingerprint;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                work.IsCancelled = true;
                return "";
            }
        }
    }
}
