using System.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>
/// Rows of each environment dealt into K folds, each of which is held out once, in two halves without a row in common, while the others are trained on. Which rows are in which fold and half
/// follows from the seed, the environment and the number of rows alone: the i-th of a random order is in fold i mod K, and in its half ⌊i/K⌋ mod 2.
/// </summary>
internal static class FoldSplit
{
    // A fold has a row in either half.
    private const int LeastRowsOfFold = 2;

    /// <summary>Refuses folds that an environment has too few rows for.</summary>
    /// <exception cref="RecipeException">One has less than two for each.</exception>
    public static void Check<T>(IReadOnlyList<EnvironmentSamples<T>> rows, DataManifest data, int folds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int fewest = Enumerable.Range(0, rows.Count).MinBy(e => rows[e].Responses.Length), count = rows[fewest].Responses.Length;
        if (count < (long)LeastRowsOfFold * folds)
        {
            string most = count / LeastRowsOfFold < 2 ? "no number" : $"2 to {Texts.Of(count / LeastRowsOfFold)}";
            throw RecipeException.Of(
                "--folds",
                Texts.Of(folds),
                $"{most} here, as a fold takes two rows or more, and environment '{Shown.Of(data.Environments[fewest].Name)}' has {Texts.Of(count)} to train on");
        }
    }

    /// <summary>Takes the rows apart, with one fold held out: they stay where they are.</summary>
    public static HeldOutSplit<T> Of<T>(
        IReadOnlyList<EnvironmentSamples<T>> rows, MeasurementLayout layout, int folds, int fold, ulong seed, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EnvironmentSamples<T>[] training = new EnvironmentSamples<T>[rows.Count], first = new EnvironmentSamples<T>[rows.Count], second = new EnvironmentSamples<T>[rows.Count];
        for (int e = 0; e < rows.Count; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] order = RowShuffle.Of(rows[e].Responses.Length, seed, RowShuffle.Folds, e);
            training[e] = Take(i => i % folds != fold);
            first[e] = Take(i => i % folds == fold && i / folds % 2 == 0);
            second[e] = Take(i => i % folds == fold && i / folds % 2 == 1);

            EnvironmentSamples<T> Take(Func<int, bool> isTaken) => RowSelection.Of(rows[e], [.. order.Where((_, i) => isTaken(i))]);
        }

        return new(layout, training, first, second);
    }
}
