namespace Hetero.Core.Training;

/// <summary>Why training stopped.</summary>
public enum TrainingStatus
{
    /// <summary>All steps were done.</summary>
    Completed,

    /// <summary>
    /// The iterate left every bound: parameters that are not finite or have a squared norm above <see cref="Trainer{T}.DivergenceThreshold"/>, or a matrix that is not finite. The trainer
    /// keeps that iterate: its parameters, its estimate and its step are the diverged one's.
    /// </summary>
    Diverged,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>An observer asked for the end: <see cref="TrainingSnapshot{T}.Stop"/>.</summary>
    Stopped,
}

/// <summary>How training ended.</summary>
/// <param name="Status">Why it stopped.</param>
/// <param name="Step">The t of the iterate that the trainer has: after the last step, the first one that counts as diverged, the last one before
/// cancelling took effect, or the one that the observer saw when it asked for the end.</param>
public readonly record struct TrainingOutcome(TrainingStatus Status, int Step);
