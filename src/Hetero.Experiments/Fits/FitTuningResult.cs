namespace Hetero.Experiments.Fits;

/// <summary>What cross-validation has found.</summary>
/// <param name="StepSizes">What the folds say of each step size, in ascending order.</param>
/// <param name="Chosen">The one with the least criterion; null if there is none with which all folds came to their last step.</param>
/// <param name="Folds">The number K of folds.</param>
public sealed record FitTuningResult(IReadOnlyList<TunedStepSize> StepSizes, TunedStepSize? Chosen, int Folds)
{
    /// <summary>Chooses: the least criterion, of equal ones that of the smaller step size.</summary>
    internal static FitTuningResult Of(IReadOnlyList<TunedStepSize> stepSizes, int folds)
        => new(stepSizes, stepSizes.Where(one => one.Step is not null).MinBy(one => one.Criterion), folds);
}
