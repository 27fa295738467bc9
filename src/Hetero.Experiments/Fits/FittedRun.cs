using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>One run of a fit.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Name">Such as "seed-1", or "pooled".</param>
/// <param name="Seed">The seed of start and order.</param>
/// <param name="StepSize">The step size η, the first one where a schedule changes it.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rows">What was measured on the way.</param>
/// <param name="Chosen">Which of the rows is of the iterate that was kept; −1 for none.</param>
/// <param name="Parameters">The parameters of that iterate, all matrices of the model one after another.</param>
/// <param name="Estimate">svec of its matrix.</param>
public sealed record FittedRun<T>(
    string Name, ulong Seed, double StepSize, TrainingOutcome Outcome, IReadOnlyList<FitRow> Rows, int Chosen, IReadOnlyList<T> Parameters, IReadOnlyList<T> Estimate)
{
    /// <summary>Gets the row of the iterate that was kept; null for none.</summary>
    public FitRow? Best => Chosen < 0 ? null : Rows[Chosen];

    /// <summary>Gets whether the run came to its last step.</summary>
    public bool IsComplete => Outcome.Status == TrainingStatus.Completed;
}
