using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>What a fit has found.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Recipe">What was done, with the step size that it came to.</param>
/// <param name="Runs">The runs, one for each seed.</param>
/// <param name="Chosen">The run of the least criterion among those that came to their last step; null if none did.</param>
/// <param name="Pooled">The run on the same rows that does not know of environments.</param>
/// <param name="TrainingRows">The number of rows of each environment that were trained on.</param>
/// <param name="HeldOutRows">The number of rows of each environment that were held out.</param>
/// <param name="Fingerprint">A hash of all rows and responses: the same data have the same.</param>
/// <param name="StepSize">How the step size was chosen; null where it was given.</param>
/// <param name="TwoFits">What plain estimators say; null where environments have fewer rows than there are unknowns.</param>
public sealed record FitResult<T>(
    FitRecipe Recipe,
    IReadOnlyList<FittedRun<T>> Runs,
    FittedRun<T>? Chosen,
    FittedRun<T> Pooled,
    IReadOnlyList<int> TrainingRows,
    IReadOnlyList<int> HeldOutRows,
    string Fingerprint,
    StepSizeChoice? StepSize = null,
    TwoFitsComparison? TwoFits = null)
{
    /// <summary>Gets whether the work was ended before its end.</summary>
    public bool IsCancelled => Runs.Append(Pooled).Any(run => run.Outcome.Status == TrainingStatus.Cancelled);
}
