using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>A trainer with the settings it was made from.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TrainingRun<T>(RunSettings settings, Trainer<T> trainer)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Trainer<T> Trainer => trainer;

    /// <summary>Trains to the last step and records the rows on the way. What breaks a run off comes back with the rows until then.</summary>
    /// <param name="progress">Receives the step; null for none.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <param name="savedStep">For a continued run the step it was saved at, whose row is known already; −1 for a new run.</param>
    /// <param name="periodic">Keeps the state on the way; null for at the end alone.</param>
    public RecordedRun Record(IProgress<int>? progress, CancellationToken cancellation, int savedStep = -1, PeriodicSave? periodic = null)
    {
        TrajectoryRecorder<T> recorder = new(trainer, settings.Steps, settings.Every);
        StepsAfter<T> observer = new(savedStep, recorder);
        try
        {
            while (true)
            {
                int end = periodic is null
                    ? settings.Steps
                    : (int)Math.Min(settings.Steps, (((long)trainer.Step / periodic.Every) + 1) * periodic.Every);
                TrainingOutcome outcome = trainer.Run(end - trainer.Step, observer, progress, cancellation);
                if (outcome.Status != TrainingStatus.Completed || end == settings.Steps)
                {
                    return new RecordedRun(outcome, recorder.Trajectory);
                }

                periodic!.Save(recorder.Trajectory);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, hours of rows shall not go with it.
            return new RecordedRun(new TrainingOutcome(TrainingStatus.Cancelled, trainer.Step), recorder.Trajectory, exception);
        }
    }
}
