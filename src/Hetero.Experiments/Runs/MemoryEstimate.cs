using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Runs;

/// <summary>How much memory a run takes: the sum of what its parts say that they need for its sizes, before any of them is made.</summary>
/// <param name="Measurements">The bytes of stored measurements.</param>
/// <param name="Matrices">The bytes of the iterate, the gradient, the state of the update rule, and the scratch of all parts.</param>
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
    {
        try
        {
            return recipe.Precision == Precision.Single ? Of<float>(recipe, environments) : Of<double>(recipe, environments);
        }
        catch (ArgumentException exception)
        {
            // An update rule's state that no array holds.
            throw RecipeArguments.Translate(exception, recipe)
                ?? RecipeException.Refused("--update-rule", RecipeWords.Updates.NameOf(recipe.Update.Rule), ArgumentText.Of(exception));
        }
    }

    private static MemoryEstimate Of<T>(RunRecipe recipe, EnvironmentDistribution environments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RunSizes sizes = SizesOf(recipe, environments);
        int sets = Runner.StoredSets(recipe, environments);
        Int128 stored = recipe.Measurements switch
        {
            MeasurementKind.Stored => StoredMeasurements<T>.RequiredBytes(recipe.Dimension, recipe.Samples) * sets,
            MeasurementKind.StoredRankOne => StoredRankOneMeasurements<T>.RequiredBytes(recipe.Dimension, recipe.Samples) * sets,
            _ => 0,
        };
        Int128 source = recipe.Measurements switch
        {
            MeasurementKind.ExactLaw => ExactLawMeasurements<T>.RequiredBytes(in sizes),
            MeasurementKind.ExactLawFactored => FactoredExactLawMeasurements<T>.RequiredBytes(in sizes),
            MeasurementKind.Regenerated => RegeneratedMeasurements<T>.RequiredBytes(in sizes),
            MeasurementKind.Stored => StoredMeasurements<T>.RequiredBytes(in sizes),
            MeasurementKind.RankOne => RankOneMeasurements<T>.RequiredBytes(in sizes),
            MeasurementKind.StoredRankOne => StoredRankOneMeasurements<T>.RequiredBytes(in sizes),
            _ => 0,
        };
        Int128 batch = recipe.Algorithm switch
        {
            Algorithm.HeteroSgd => HeteroBatch<T>.RequiredBytes(in sizes),
            Algorithm.PooledSgd => PooledBatch<T>.RequiredBytes(in sizes),
            _ => FullBatch<T>.RequiredBytes(in sizes),
        };
        if (recipe is { IsFactored: true, Algorithm: Algorithm.PooledGd } && environments.Count is null)
        {
            // Over infinitely many environments a step has their mean.
            batch += new FactoredPopulationMeasurements<T>(recipe.Dimension).BufferBytes(in sizes);
        }

        Objective<T>? objective = recipe.Objective.Create<T>();
        if (objective is not null)
        {
            // Of the measurements here the exact law alone is a draw.
            batch += EnvironmentGradients<T>.RequiredBytes(in sizes, environments.Count ?? 0, recipe.Measurements != MeasurementKind.ExactLaw) + objective.BufferBytes(in sizes);
        }

        (Int128 model, MatrixShape[] shapes) = OfModel<T>(recipe.Model, in sizes);
        EstimateSpace space = recipe.IsFactored ? EstimateSpace.FactoredMatrices(recipe.Dimension) : EstimateSpace.Matrices(recipe.Dimension);
        bool hasMean = !recipe.IsFactored && recipe.Truncation is null && objective is null;
        Int128 trainer = Trainer<T>.RequiredBytes(space, shapes, recipe.CreateRule<T>(), hasPopulationGradient: hasMean);
        trainer += recipe.Rounds is null ? 0 : FederatedRounds.RequiredBytes<T>(shapes);
        bool isFactor = recipe.Model is ModelKind.Gram or ModelKind.QuadraticNetwork;
        Int128 recorder = TrajectoryRecorder<T>.RequiredBytes(in sizes, isFactor);
        int columns = (recipe.Neurons ? recipe.InvariantRank + recipe.SpuriousRank : 0) + (recipe.Truncation is null ? 0 : 1);
        Int128 rows = Trajectory.RequiredBytes(((long)recipe.Steps / recipe.Every) + 2, environments.LabelLength, columns);
        return new(stored, source + batch + SignalModel<T>.RequiredBytes(in sizes) + model + trainer + recorder, rows);
    }

    private static (Int128 Bytes, MatrixShape[] Shapes) OfModel<T>(ModelKind model, in RunSizes sizes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixShape factor = new(sizes.Dimension, sizes.Columns);
        return model switch
        {
            ModelKind.Indefinite => (IndefiniteModel<T>.RequiredBytes(in sizes), [factor, factor]),
            ModelKind.Direct => (0, [factor]),
            _ => (GramModel<T>.RequiredBytes(in sizes), [factor]),
        };
    }

    private static RunSizes SizesOf(RunRecipe recipe, EnvironmentDistribution environments)
    {
        long pooled = recipe.PooledSamples;

        // Beyond a number of environments made of scalars every sample has a residual of its own, unless stored responses keep their noise.
        bool keepsNoise = recipe is { IsStored: true, Noise: > 0 } && environments.Count is not null;
        int directions = pooled > 0 && !keepsNoise && environments is ScalarEnvironments scalar && !(environments.Count <= PooledShare.MaxScalarGroups) ? scalar.Scalars : 0;
        bool isMixed = directions > 0 && pooled == recipe.Samples;
        return new RunSizes
        {
            Dimension = recipe.Dimension,
            Columns = recipe.Columns,
            InvariantRank = recipe.InvariantRank,
            SpuriousRank = recipe.SpuriousRank,
            Samples = recipe.Samples,
            PooledSamples = pooled,
            Directions = directions,
            Matrices = recipe is { Objective.NeedsApplication: true, Measurements: MeasurementKind.ExactLaw } ? 2 : 1,
            Gathers = pooled > 0 && !isMixed && recipe is { IsStored: true, PooledSampling: PooledSampling.Independent },
            IsTruncated = recipe.Truncation is not null,
            NeedsResponses = recipe is { Model: ModelKind.QuadraticNetwork, ShrinkageTrace: TraceKind.ResponseMean },
            HasNegativeSignals = recipe.Eigenvalues.Any(eigenvalue => eigenvalue < 0),
            Threads = recipe.Threads,
            IsFactored = recipe.IsFactored,
        };
    }
}
