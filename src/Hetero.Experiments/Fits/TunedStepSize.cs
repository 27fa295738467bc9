namespace Hetero.Experiments.Fits;

/// <summary>What the folds say of one step size.</summary>
/// <param name="StepSize">η.</param>
/// <param name="Step">The step of the least mean over folds; null where a fold diverged, or no step has a criterion that is finite.</param>
/// <param name="Criterion">That mean, of Σ π_e (R_e + Q_e) on the rows held out; +∞ where there is no step.</param>
/// <param name="Folds">What each fold has at that step; none where there is no step.</param>
/// <param name="DivergedFold">The first fold that diverged, counted from 0; null if all came to their last step.</param>
public sealed record TunedStepSize(double StepSize, int? Step, double Criterion, IReadOnlyList<double> Folds, int? DivergedFold)
{
    /// <summary>Gets the standard deviation of the folds about their mean, with K − 1 below; null where there is no step.</summary>
    public double? Deviation => Step is null ? null : Math.Sqrt(Folds.Sum(value => (value - Criterion) * (value - Criterion)) / (Folds.Count - 1));

    /// <summary>Finds the step of the least mean.</summary>
    /// <param name="stepSize">η.</param>
    /// <param name="steps">The steps that were measured.</param>
    /// <param name="curves">The criterion of each of them, of each fold that came to its last step.</param>
    /// <param name="divergedFold">The fold that diverged; null for none.</param>
    internal static TunedStepSize Of(double stepSize, IReadOnlyList<int> steps, IReadOnlyList<double[]> curves, int? divergedFold)
    {
        (int? best, double least) = (null, double.PositiveInfinity);
        for (int i = 0; i < steps.Count && divergedFold is null; i++)
        {
            double mean = curves.Average(curve => curve[i]);
            if (mean < least)
            {
                (best, least) = (i, mean);
            }
        }

        return new(stepSize, best is { } index ? steps[index] : null, least, best is { } at ? [.. curves.Select(curve => curve[at])] : [], divergedFold);
    }
}
