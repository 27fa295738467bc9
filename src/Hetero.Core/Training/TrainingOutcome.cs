namespace Hetero.Core.Training;

/// <summary>Why training stopped.</summary>
public enum TrainingStatus
{
    /// <summary>All steps were done.</summary>
    Completed,

    /// <summary>The iterate left every bound: a non-finite entry, or a squared Frobenius norm above <see cref="Trainer{T}.DivergenceThreshold"/>.</summary>
    Diverged,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>An observer asked for the end: <see cref="TrainingSnapshot{T}.Stop"/>.</summary>
    Stopped,
}

/// <summary>How training ended.</summary>
/// <param name="Status">Why it stopped.</param>
/// <param name="Step">The step reached: the last one, the first one after which the iterate counted as diverged, the last one before
/// cancelling took effect, or the one whose iterate the observer saw when it asked for the end.</param>
public readonly record struct TrainingOutcome(TrainingStatus Status, int Step);
