using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
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
    /// <param name="progress">Receives the share of the steps that are made; null for none.</param>
    /// <param name="cancellation">Ends the work between two steps, with what was done kept.</param>
    /// <exception cref="RecipeException">The recipe is refused.</exception>
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
        FitRun<T> work = new(data, recipe, team, cancellation) { Saving = saving, Progress = progress };
        StepSizeChoice? stepSize = recipe.ChoosesStepSize ? work.ChooseStepSize(recipe) : null;
        recipe = stepSize is null ? recipe : recipe with { Training = recipe.Training with { StepSize = stepSize.StepSize } };
        List<FittedRun<T>> runs = [];
        for (int seed = 0; seed < recipe.Seeds; seed++)
        {
            ulong own = recipe.Training.Seed + (ulong)seed;
            runs.Add(work.Train(recipe, FormattableString.Invariant($"seed-{own}"), own));
        }

        FittedRun<T> pooled = work.Train(recipe.Pooled(), "pooled", recipe.Training.Seed, FitChoice.Risk);
        FittedRun<T>? chosen = runs.Where(run => run.IsComplete && double.IsFinite(run.Best!.Criterion)).MinBy(run => run.Best!.Criterion);
        int[] held = [.. work.Split.First.Zip(work.Split.Second, (first, second) => first.Responses.Length + second.Responses.Length)];
        return new(
            recipe,
            runs,
            chosen,
            pooled,
            [.. work.Split.Training.Select(rows => rows.Responses.Length)],
            held.Length > 0 ? held : new int[data.Environments.Count],
            FingerprintOf(data),
            stepSize,
            chosen is null || cancellation.IsCancellationRequested ? null : TwoFitsComparison.Of(work.Rows(recipe.Training.Seed), work.Measure, chosen, cancellation));
    }

    private static string FingerprintOf<T>(DataSet<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (EnvironmentSamples<T> environment in data.Environments)
        {
            Append(environment.Measurements.Span);
            Append(environment.Responses.Span);
        }

        // The bytes of all numbers may be more than a span can have.
        void Append(ReadOnlySpan<T> numbers)
        {
            const int Most = 1 << 24;
            for (; !numbers.IsEmpty; numbers = numbers[Math.Min(numbers.Length, Most)..])
            {
                hash.AppendData(MemoryMarshal.AsBytes(numbers[..Math.Min(numbers.Length, Most)]));
            }
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
