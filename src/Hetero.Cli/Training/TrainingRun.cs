using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>A trainer with the settings it was made from.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class TrainingRun<T>(RunSettings settings, EnvironmentDistribution environments, Trainer<T> trainer)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Trainer<T> Trainer => trainer;

    /// <summary>Trains to the last step and records the rows after the step where the trainer stands; from the start, that of step 0 too.</summary>
    public RecordedRun Record(IProgress<int>? progress, CancellationToken cancellation)
    {
        TrajectoryRecorder<T> recorder = new(trainer, environments, settings.Steps, settings.Every);
        TrainingOutcome outcome = trainer.Run(settings.Steps - trainer.Step, recorder, progress, cancellation);
        return new RecordedRun(outcome, recorder.Trajectory);
    }

    /// <summary>Continues a saved run and records the rows after the saved step.</summary>
    public RecordedRun Continue(IProgress<int>? progress, CancellationToken cancellation)
    {
        TrajectoryRecorder<T> recorder = new(trainer, environments, settings.Steps, settings.Every);
        StepsAfter<T> observer = new(trainer.Step, recorder);
        TrainingOutcome outcome = trainer.Run(settings.Steps - trainer.Step, observer, progress, cancellation);
        return new RecordedRun(outcome, recorder.Trajectory);
    }
}
