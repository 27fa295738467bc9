namespace Hetero.Experiments.Fits;

/// <summary>What a fit has found.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Recipe">What was done, with the step size that it came to.</param>
/// <param name="Runs">The runs that were begun, one for each seed; none where tuning found no step size.</param>
/// <param name="Chosen">The run of the least criterion among those that came to their last step; null if none did.</param>
/// <param name="Pooled">The run on the same rows that does not know of environments; null if it was not begun.</param>
/// <param name="TrainingRows">The number of rows of each environment that were trained on.</param>
/// <param name="HeldOutRows">The number of rows of each environment that were held out.</param>
/// <param name="Fingerprint">A hash of all rows and responses: the same data have the same. Empty where the work was ended before it was made.</param>
/// <param name="StepSize">How the step size, or the range of those tried, was chosen; null where it was given.</param>
/// <param name="TwoFits">What plain estimators say; null where they are not determined.</param>
/// <param name="NoTwoFits">Why they say nothing; null where they do, or nothing was fitted.</param>
/// <param name="Tuning">What cross-validation found; null where it was not asked for, or not finished.</param>
public sealed record FitResult<T>(
    FitRecipe Recipe,
    IReadOnlyList<FittedRun<T>> Runs,
    FittedRun<T>? Chosen,
    FittedRun<T>? Pooled,
    IReadOnlyList<int> TrainingRows,
    IReadOnlyList<int> HeldOutRows,
    string Fingerprint,
    StepSizeChoice? StepSize = null,
    TwoFitsComparison? TwoFits = null,
    TwoFitsAbsence? NoTwoFits = null,
    FitTuningResult? Tuning = null)
{
    /// <summary>Gets whether the work was ended before its end; what was not done by then is not there.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Gets how large the estimate is beside what the rows have; null where no run was chosen.</summary>
    public EstimateSize? Size { get; init; }

    /// <summary>Gets the same of what pooled training found.</summary>
    public EstimateSize? PooledSize { get; init; }

    /// <summary>Gets what rows held out say of each direction of the estimate; null where nothing has been learned, no row is held out, or of fewer than five environments.</summary>
    public RankTest? RankTest { get; init; }

    /// <summary>The runs that were begun, the pooled one last.</summary>
    internal IEnumerable<FittedRun<T>> AllRuns => Pooled is null ? Runs : Runs.Append(Pooled);
}
