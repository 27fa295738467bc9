using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Runs;

/// <summary>Runs recipes: the one place where problem, environments, measurements and algorithm are put together.</summary>
public static class Runner
{
    /// <summary>Trains a recipe from its start to its last step, in its precision, on its number of threads.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="progress">Receives the step; null for none.</param>
    /// <param name="cancellation">Ends the run between two steps; what was recorded until then comes back.</param>
    /// <returns>How it ended, and the rows.</returns>
    /// <exception cref="RecipeException">The recipe is refused.</exception>
    /// <exception cref="OperationCanceledException">The work was ended before the first step.</exception>
    public static RecordedRun Execute(RunRecipe recipe, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Check();
        using WorkerTeam? team = recipe.Threads > 1 ? new WorkerTeam(recipe.Threads) : null;
        return Execute(recipe, team, progress, cancellation);
    }

    /// <summary>Refuses what cannot be run, without making any of it: values, how they fit each other, and the memory that the run would take.</summary>
    /// <param name="recipe">What to train.</param>
    /// <exception cref="RecipeException">The recipe is refused.</exception>
    public static void Check(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        MemoryEstimate.Check(recipe, RecipeCheck.Check(recipe));
    }

    /// <summary>Makes the trainer of a recipe, at its start; <typeparamref name="T"/> takes the place of the recipe's precision.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="recipe">What to train.</param>
    /// <param name="team">The threads to use, which must outlive the trainer; null works on the calling thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RecipeException">The recipe is refused.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static RecipeTrainer<T> Create<T>(RunRecipe recipe, WorkerTeam? team = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(recipe);
        EnvironmentDistribution environments = RecipeCheck.Check(recipe);
        MemoryEstimate.Check(recipe, environments);
        return Build<T>(recipe, environments, team, cancellation);
    }

    /// <summary>Trains on threads of the caller.</summary>
    internal static RecordedRun Execute(RunRecipe recipe, WorkerTeam? team, IProgress<int>? progress, CancellationToken cancellation)
        => recipe.Precision == Precision.Single
            ? Create<float>(recipe, team, cancellation).Record(progress, cancellation: cancellation)
            : Create<double>(recipe, team, cancellation).Record(progress, cancellation: cancellation);

    /// <summary>Makes the trainer of a recipe that nobody has checked.</summary>
    /// <exception cref="RecipeException">The library refuses it; the message names the option.</exception>
    internal static RecipeTrainer<T> Build<T>(
        RunRecipe recipe, EnvironmentDistribution? environments, WorkerTeam? team, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return CreateTrainer<T>(recipe, environments ?? recipe.Environments.Create(recipe.SpuriousRank), team, cancellation);
        }
        catch (ArgumentException exception)
        {
            if (RecipeArguments.Translate(exception, recipe) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    /// <summary>The number of sets of stored measurements: PooledGD has its own samples for each environment.</summary>
    internal static int StoredSets(RunRecipe recipe, EnvironmentDistribution environments)
        => recipe.Algorithm == Algorithm.PooledGd ? environments.Count ?? 1 : 1;

    private static RecipeTrainer<T> CreateTrainer<T>(
        RunRecipe recipe, EnvironmentDistribution environments, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        QuadraticNeurons? neurons = recipe.Neurons
            ? QuadraticNeurons.Draw(recipe.Dimension, recipe.InvariantRank, recipe.SpuriousRank, recipe.Seed, cancellation)
            : null;
        SensingProblem problem = neurons?.Problem ?? recipe.Problem.Create(recipe.Seed, cancellation);
        environments = neurons?.CreateEnvironments(environments) ?? environments;
        MeasurementSource<T> source = CreateSource<T>(recipe, environments, team, cancellation);
        TrainingOptions options = new()
        {
            Seed = recipe.Seed,
            Samples = recipe.Samples,
            StepSize = recipe.Schedule.Create(recipe.StepSize, recipe.Steps),
            GradientScale = recipe.GradientScale,
            InitialScale = recipe.InitialScale,
            FactorColumns = recipe.FactorColumns,
            Start = recipe.Start,
            NoiseDeviation = recipe.Noise,
            LabelNoise = recipe.LabelNoise == 0 ? null : new LabelNoise { Deviation = recipe.LabelNoise },
            PooledSampling = recipe.PooledSampling,
            EnvironmentOrder = recipe.Order,
            PooledShare = recipe.PooledShare,
            TruncationLevel = recipe.Truncation,
        };
        TrainingParts<T> parts = new()
        {
            Model = CreateModel<T>(recipe.Model, recipe.Dimension, options, team),
            UpdateRule = recipe.CreateRule<T>(),
        };
        Trainer<T> trainer = recipe.Algorithm switch
        {
            Algorithm.HeteroSgd when recipe.Rounds is { } rounds => new FederatedSgd<T>(problem, environments, source, options, rounds, team, parts, cancellation),
            Algorithm.HeteroSgd => new HeteroSgd<T>(problem, environments, source, options, team, parts, cancellation),
            Algorithm.PooledSgd => new PooledSgd<T>(problem, environments, source, options, team, parts, cancellation),
            _ => new PooledGd<T>(problem, environments, source, options, team, parts, recipe.Objective.Create<T>(), cancellation),
        };
        return new RecipeTrainer<T>(recipe, trainer, RecipeColumns<T>.Of(neurons, recipe.Truncation is not null));
    }

    /// <summary>Makes what stands in for UUᵀ, which the trainer makes itself.</summary>
    internal static Model<T>? CreateModel<T>(ModelKind kind, int dimension, TrainingOptions options, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => kind switch
        {
            ModelKind.Indefinite => new IndefiniteModel<T>(dimension, options, team),
            ModelKind.Direct => new DirectModel<T>(dimension, options),
            _ => null,
        };

    private static MeasurementSource<T> CreateSource<T>(
        RunRecipe recipe, EnvironmentDistribution environments, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => recipe.Measurements switch
        {
            MeasurementKind.ExactLaw => new ExactLawMeasurements<T>(recipe.Dimension, recipe.Seed, team),
            MeasurementKind.ExactLawFactored => new FactoredExactLawMeasurements<T>(recipe.Dimension, recipe.Seed, team),
            MeasurementKind.Regenerated => new RegeneratedMeasurements<T>(recipe.Dimension, recipe.Seed, team),
            MeasurementKind.Stored => new StoredMeasurements<T>(
                recipe.Dimension, recipe.Samples, recipe.Seed, team, StoredSets(recipe, environments), cancellation: cancellation),
            MeasurementKind.RankOne => new RankOneMeasurements<T>(recipe.Dimension, recipe.Seed, team),
            MeasurementKind.StoredRankOne => new StoredRankOneMeasurements<T>(
                recipe.Dimension, recipe.Samples, recipe.Seed, team, StoredSets(recipe, environments), cancellation: cancellation),
            _ => new PopulationMeasurements<T>(recipe.Dimension),
        };
}
