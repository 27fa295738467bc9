using Hetero.Core.Numerics;

namespace Hetero.Experiments.Fits;

/// <summary>
/// How the step size and the step to stop at are cross-validated: each environment's rows are dealt into K folds, each of which is held out once while the others are trained on with each step
/// size. The η and the step with the least mean over folds of Σ π_e (R_e + Q_e) on the rows held out are the choice, and all rows are then trained on with that η up to that step.
/// </summary>
/// <remarks>
/// <para>Which rows are in which fold follows from the seed, the environment and the number of rows alone. A step size with which one fold diverges counts as +∞, and the other folds are not run with
/// it. Of equal means the smaller step size is chosen, and of its steps the earlier one.</para>
/// <para>Two are equal if all values are. Immutable and thread-safe. Values are checked where a fit begins.</para>
/// </remarks>
public sealed record FitTuning
{
    private const int Tried = 9;
    private const double Ratio = 1.5;

    private readonly ValueList<double> _stepSizes = ValueList<double>.Empty;

    /// <summary>
    /// Gets the step sizes to try, in any order, each finite, above 0 and another. None means nine of them, with ratios of 1.5, up to the largest that <see cref="FitRecipe.ChoosesStepSize"/> looks
    /// at (<see cref="StepSizeChoice.Limit"/>); and where that is false the one of the recipe, for which the step is then chosen alone.
    /// </summary>
    public IReadOnlyList<double> StepSizes
    {
        get => _stepSizes;
        init => _stepSizes = new(value);
    }

    /// <summary>Gets the number K of folds, from 2 to half the rows of the smallest environment.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Returns the step sizes to try, in ascending order.</summary>
    /// <param name="choice">What the environments' variation says; null where it was not asked.</param>
    /// <param name="given">The one of the recipe.</param>
    internal double[] Candidates(StepSizeChoice? choice, double given)
        => StepSizes.Count > 0 ? [.. StepSizes.Order()]
            : choice is null ? [given]
            : [.. Enumerable.Range(1 - Tried, Tried).Select(power => choice.Limit * Math.Pow(Ratio, power))];
}
