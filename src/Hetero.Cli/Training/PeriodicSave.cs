using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>Keeps a run's state while it goes on.</summary>
/// <param name="Every">The number of steps from one time to the next, counted from step 0.</param>
/// <param name="Save">Does it, with the rows so far.</param>
internal sealed record PeriodicSave(int Every, Action<Trajectory> Save);
