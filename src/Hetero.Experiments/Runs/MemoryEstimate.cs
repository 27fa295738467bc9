using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Runs;

/// <summary>How much memory a run takes: what grows with dimension, samples and steps.</summary>
/// <param name="Measurements">The bytes of stored measurements.</param>
/// <param name="Matrices">The bytes of the iterate, the gradient and their scratch.</param>
/// <param name="Rows">The bytes of the recorded rows.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct MemoryEstimate(Int128 Measurements, Int128 Matrices, Int128 Rows)
{
    /// <summary>Gets the sum.</summary>
    public Int128 Total => Measurements + Matrices + Rows;

    /// <summary>Estimates a run in its precision.</summary>
    /// <param name="recipe">What to train.</param>
    /// <exception cref="RecipeException">The recipe is refused.</exception>
    public static MemoryEstimate Of(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Of(recipe, RecipeCheck.Check(recipe));
    }

    /// <summary>Refuses a run that takes more than it may.</summary>
    internal static void Check(RunRecipe recipe, EnvironmentDistribution environments)
    {
        MemoryEstimate estimate = Of(recipe, environments);
        string memory = $"'--memory', {ByteSize.Of(recipe.MemoryLimit)}";
        if (estimate.Measurements > recipe.MemoryLimit)
        {
            throw RecipeException.Of(
                "--measurements",
                RecipeWords.Measurements.NameOf(recipe.Measurements),
                $"what fits into {memory}: {recipe.Samples} samples of dimension {recipe.Dimension} need {ByteSize.Of(estimate.Measurements)}");
        }

        if (estimate.Matrices > recipe.MemoryLimit)
        {
            throw RecipeException.Of(
                "--dimension", Texts.Of(recipe.Dimension), $"what fits into {memory}: the matrices need {ByteSize.Of(estimate.Matrices)}");
        }

        if (estimate.Total > recipe.MemoryLimit)
        {
            throw new RecipeException(
                $"the run needs {ByteSize.Of(estimate.Total)}, of which {ByteSize.Of(estimate.Rows)} for {recipe.Steps} '--steps' "
                + $"with a row every {recipe.Every} ('--every'); accepted is what fits into {memory}.");
        }
    }

    private static MemoryEstimate Of(RunRecipe recipe, EnvironmentDistribution environments)
        => recipe.Precision == Precision.Single ? Of<float>(recipe, environments) : Of<double>(recipe, environments);

    private static MemoryEstimate Of<T>(RunRecipe recipe, EnvironmentDistribution environments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Int128 stored = recipe.Measurements switch
        {
            MeasurementKind.Stored => StoredMeasurements<T>.RequiredBytes(recipe.Dimension, recipe.Samples) * Runner.StoredSets(recipe, environments),
            MeasurementKind.StoredRankOne => StoredRankOneMeasurements<T>.RequiredBytes(recipe.Dimension, recipe.Samples) * Runner.StoredSets(recipe, environments),
            _ => 0,
        };

        // Where stored rows draw their environments, the batch keeps their order and gathers them.
        bool gathers = recipe is { IsStored: true, PooledSampling: PooledSampling.Independent }
            && recipe.PooledSamples > 0;
        Int128 positions = gathers ? (Int128)recipe.Samples * sizeof(int) : 0;

        // Explicit measurements are summed in several parts, whatever the number of threads; regenerated and gathered ones need a row for each thread.
        int sums = MeasurementSource<T>.PartialSums(recipe.Dimension);
        Int128 parts = recipe.Measurements is MeasurementKind.Stored or MeasurementKind.Regenerated || recipe.IsRankOne ? Math.Min(recipe.Samples, sums) : 0;
        Int128 panels = gathers || recipe.Measurements == MeasurementKind.Regenerated ? Math.Min(recipe.Threads, sums) : 0;

        // Vectors in svec form: the trainer's four, residual, signal, two of the measurements, one of the recorder and what the model adds.
        Int128 d = recipe.Dimension, k = recipe.Columns, ranks = (Int128)recipe.InvariantRank + recipe.SpuriousRank;
        (int Vectors, int Squares, int Factors) own = OfModel(recipe.Model);

        // A pooled batch over many environments keeps a direction for each scalar, and their basis twice while it grows.
        Int128 directions = 3 * Int128.Max(0, PerSampleNumbers(recipe, environments) - 1);
        Int128 vectors = (9 + own.Vectors + parts + panels + directions) * d * (d + 1) / 2;
        // Of xxᵀ the sums are square, and so are the triangles of the residual and the predictions.
        Int128 square = (own.Squares + (recipe.IsRankOne ? parts + 2 : 0)) * d * d;
        Int128 narrow = (own.Factors * d * k) + (6 * d * ranks);
        Int128 perSample = PerSampleNumbers(recipe, environments) * recipe.PooledSamples;
        Int128 matrices = ((vectors + square + narrow) * Unsafe.SizeOf<T>()) + (perSample * sizeof(double)) + positions;

        Int128 rows = ((Int128)recipe.Steps / recipe.Every) + 2;
        return new(stored, matrices, rows * (Unsafe.SizeOf<TrajectoryRow>() + 1 + ((Int128)environments.LabelLength * sizeof(double))));
    }

    /// <summary>
    /// What a model and its recorder keep. UUᵀ: a d×d matrix; the factor, its direction and its decomposition. UUᵀ − VVᵀ: both factors and directions, one of the two products, and the two
    /// matrices that shares are taken with. The matrix itself and its direction, and the two for shares.
    /// </summary>
    private static (int Vectors, int Squares, int Factors) OfModel(ModelKind model) => model switch
    {
        ModelKind.Indefinite => (3, 1, 5),
        ModelKind.Direct => (2, 2, 0),
        _ => (0, 1, 4),
    };

    /// <summary>A pooled batch over many environments made of scalars keeps every sample's scalars and its place in the order.</summary>
    private static Int128 PerSampleNumbers(RunRecipe recipe, EnvironmentDistribution environments)
        => recipe.PooledSamples > 0 && environments is ScalarEnvironments scalar && !(environments.Count <= PooledShare.MaxScalarGroups)
            ? (Int128)scalar.Scalars + 1
            : 0;
}
