using System.Diagnostics;
using System.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Runs;

/// <summary>A trainer with the recipe that it was made from. Not thread-safe; the buffers are the trainer's.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RecipeTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ITrajectoryColumns<T>? _columns;

    internal RecipeTrainer(RunRecipe recipe, Trainer<T> trainer, ITrajectoryColumns<T>? columns = null)
        => (Recipe, Trainer, _columns) = (recipe, trainer, columns);

    /// <summary>Gets what is trained.</summary>
    public RunRecipe Recipe { get; }

    /// <summary>Gets the trainer, at its start, where it was restored to, or where <see cref="Record"/> has left it.</summary>
    public Trainer<T> Trainer { get; }

    /// <summary>Trains to the last step and records the rows on the way. What breaks a run off comes back with the rows until then.</summary>
    /// <param name="progress">Receives the step; null for none.</param>
    /// <param name="savedStep">For a continued run the step it was saved at, whose row is known already; −1 for a new run.</param>
    /// <param name="periodic">Keeps the state on the way; null for none.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    public RecordedRun Record(
        IProgress<int>? progress = null, int savedStep = -1, PeriodicSave? periodic = null, CancellationToken cancellation = default)
    {
        if (periodic is { Every: < 1 })
        {
            throw new ArgumentException($"'{nameof(periodic)}' saves every {periodic.Every} steps; accepted is 1 or more.", nameof(periodic));
        }

        TrajectoryRecorder<T> recorder = new(Trainer, Recipe.Steps, Recipe.Every, _columns);
        StepsAfter<T> observer = new(savedStep, recorder);
        long start = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                int end = periodic is null
                    ? Recipe.Steps
                    : (int)Math.Min(Recipe.Steps, (((long)Trainer.Step / periodic.Every) + 1) * periodic.Every);
                TrainingOutcome outcome = Trainer.Run(end - Trainer.Step, observer, progress, cancellation);
                if (outcome.Status != TrainingStatus.Completed || end == Recipe.Steps)
                {
                    return new RecordedRun(outcome, recorder.Trajectory) { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
                }

                periodic!.Save(recorder.Trajectory);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, hours of rows shall not go with it.
            return new RecordedRun(new TrainingOutcome(TrainingStatus.Cancelled, Trainer.Step), recorder.Trajectory, exception);
        }
    }
}
