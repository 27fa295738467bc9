using Hetero.Core.Training;

namespace Hetero.Experiments.Runs;

/// <summary>How a run ended and what was recorded of it.</summary>
/// <param name="Outcome">How it ended, and after which step.</param>
/// <param name="Trajectory">What was recorded until then.</param>
/// <param name="Failure">What broke it off between two steps, which nobody expects; else null.</param>
public sealed record RecordedRun(TrainingOutcome Outcome, Trajectory Trajectory, Exception? Failure = null)
{
    /// <summary>The seconds that its steps took, with what was recorded of them.</summary>
    internal double Seconds { get; init; }

    /// <summary>Gets the word for how it ended: completed, diverged, cancelled or failed.</summary>
    public string Status => Failure is null ? Outcome.Status.ToString().ToLowerInvariant() : "failed";
}
