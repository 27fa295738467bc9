using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>How a run ended and what was recorded of it.</summary>
internal sealed record RecordedRun(TrainingOutcome Outcome, Trajectory Trajectory);
