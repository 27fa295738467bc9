using Hetero.Core.Training;

namespace Hetero.Core.Theory.Sequences;

/// <summary>
/// The ends T1 and T2 of the two phases. T1 is the first t with R_t of (25) in (1/3 − η, 1/3) (Lemma 5, Theorem 4); T2 is the first t at which the step
/// sizes since T1 add up to log(1/α), T1 + log(1/α)/η rounded up for a constant η.
/// </summary>
/// <remarks>
/// Theorem 5 defines T2 = T1 + O(log((r1 + r2)/δ)/η) without a constant; its proof takes T1 + log(1/α)/η, and so does this unless another logarithm is
/// given. Thread-safe: immutable.
/// </remarks>
public sealed class PhaseSchedule
{
    private PhaseSchedule(int growthEnd, int convergenceEnd) => (GrowthEnd, ConvergenceEnd) = (growthEnd, convergenceEnd);

    /// <summary>Gets T1, the last step of phase 1.</summary>
    public int GrowthEnd { get; }

    /// <summary>Gets T2, the last step of phase 2.</summary>
    public int ConvergenceEnd { get; }

    /// <summary>Computes the phases of a constant step size.</summary>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="initialScale">α, above 0 and below 1/3: a start beyond 1/3 has no phase 1.</param>
    /// <param name="logarithm">What the step sizes of phase 2 add up to, 0 or above; null for log(1/α).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or there may be more steps than an int counts.</exception>
    public static PhaseSchedule Create(double stepSize, double initialScale, double? logarithm = null)
    {
        Guard.Positive(stepSize);
        return Create(_ => stepSize, stepSize, nameof(stepSize), initialScale, nameof(initialScale), logarithm);
    }

    /// <summary>Computes the phases of a run: η_t is its step size times the gradient scale, α its initial scale.</summary>
    /// <param name="options">The options.</param>
    /// <param name="logarithm">What the step sizes of phase 2 add up to, 0 or above; null for log(1/α).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range: α must be below 1/3.</exception>
    public static PhaseSchedule Create(TrainingOptions options, double? logarithm = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.StepSize, "options.StepSize");
        double smallest = (options.StepSize.Bounds?.Smallest ?? double.NaN) * options.GradientScale;
        Guard.Positive(smallest, "options.StepSize");
        double Rate(int step) => options.StepSize.At(step) * options.GradientScale;
        return Create(Rate, smallest, "options.StepSize", options.InitialScale, "options.InitialScale", logarithm);
    }

    /// <summary>Returns the phase of a step.</summary>
    /// <param name="step">The step t, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public TrainingPhase PhaseOf(int step)
    {
        Guard.AtLeast(step, 0);
        return step <= GrowthEnd ? TrainingPhase.Growth : step <= ConvergenceEnd ? TrainingPhase.Convergence : TrainingPhase.Beyond;
    }

    private static PhaseSchedule Create(
        Func<int, double> rate, double smallestRate, string rateName, double initialScale, string scaleName, double? logarithm)
    {
        Guard.InRange(initialScale, AuxiliarySequences.SmallestScale, Math.BitDecrement(1.0 / 3), scaleName);
        double growth = AuxiliarySequences.EntryBound(smallestRate, initialScale);
        double target = logarithm ?? -Math.Log(initialScale);
        Guard.NotNegative(target, nameof(logarithm));
        double steps = growth + (target / smallestRate);
        const int Most = int.MaxValue - 2;
        if (!(steps <= Most))
        {
            throw new ArgumentOutOfRangeException(
                rateName,
                smallestRate,
                FormattableString.Invariant($"'{rateName}' is {smallestRate}, for phases of up to {steps} steps; accepted are at most {Most}."));
        }

        int step = 0;
        for (double reference = initialScale; !(reference > (1.0 / 3) - rate(step));)
        {
            reference = AuxiliarySequences.Advance(reference, rate(step));
            step++;
        }

        int growthEnd = step;
        for (double sum = 0; sum < target;)
        {
            sum += rate(step);
            step++;
        }

        return new PhaseSchedule(growthEnd, step);
    }
}
