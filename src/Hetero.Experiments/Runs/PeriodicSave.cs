using Hetero.Core.Training;

namespace Hetero.Experiments.Runs;

/// <summary>Keeps a run's state while it goes on.</summary>
/// <param name="Every">The number of steps from one time to the next, counted from step 0; 1 or more.</param>
/// <param name="Save">Does it, with the rows so far.</param>
public sealed record PeriodicSave(int Every, Action<Trajectory> Save);
