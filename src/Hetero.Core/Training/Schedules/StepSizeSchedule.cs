using System.Globalization;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The step size η_t of each step. The paper's is constant. Derive from this record for a schedule of your own, or make one of a function.</summary>
/// <remarks>Two schedules of one kind are equal if all their values are. Immutable and thread-safe, which is asked of your own schedules too.</remarks>
public abstract record StepSizeSchedule
{
    /// <summary>
    /// Gets the smallest and the largest step size of all steps, which are checked before a run; null, which is the default, if they are not known: then each is checked when its step
    /// comes.
    /// </summary>
    public virtual (double Smallest, double Largest)? Bounds => null;

    /// <summary>Gets whether every step has the same step size.</summary>
    public bool IsConstant => Bounds is { } bounds && bounds.Smallest == bounds.Largest;

    /// <summary>Creates the constant schedule.</summary>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepSize"/> is not a finite number above 0.</exception>
    public static StepSizeSchedule Constant(double stepSize)
    {
        Guard.Positive(stepSize);
        return new PiecewiseStepSize([(0, stepSize)]);
    }

    /// <summary>Creates a schedule that changes at given steps.</summary>
    /// <param name="pieces">For each piece the step from which it holds and its η; the first from step 0, then ascending.</param>
    /// <exception cref="ArgumentException">There is no piece, the first does not start at 0, or the steps do not ascend.</exception>
    public static StepSizeSchedule Piecewise(params ReadOnlySpan<(int FromStep, double StepSize)> pieces)
    {
        if (pieces.IsEmpty || pieces[0].FromStep != 0)
        {
            throw new ArgumentException($"'{nameof(pieces)}' must have a first piece from step 0.", nameof(pieces));
        }

        for (int i = 0; i < pieces.Length; i++)
        {
            Guard.Positive(pieces[i].StepSize, nameof(pieces));
            if (i > 0 && pieces[i].FromStep <= pieces[i - 1].FromStep)
            {
                throw new ArgumentException(
                    $"'{nameof(pieces)}' has step {pieces[i].FromStep} after step {pieces[i - 1].FromStep}; accepted are ascending steps.", nameof(pieces));
            }
        }

        return new PiecewiseStepSize(pieces);
    }

    /// <summary>Creates half a cosine: η_t = last + (first − last)·(1 + cos(πt/T))/2 until step T, and the last value from there on.</summary>
    /// <param name="first">The first step size, finite and above 0.</param>
    /// <param name="last">The last step size, finite and above 0.</param>
    /// <param name="steps">T, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static StepSizeSchedule Cosine(double first, double last, int steps)
    {
        Guard.Positive(first);
        Guard.Positive(last);
        Guard.AtLeast(steps, 1);
        return new CosineStepSize(first, last, steps);
    }

    /// <summary>Creates the schedule η_t = η_0/(1 + t/τ).</summary>
    /// <param name="first">η_0, finite and above 0.</param>
    /// <param name="halving">τ, the step at which η_t is half of η_0; finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static StepSizeSchedule InverseTime(double first, double halving)
    {
        Guard.Positive(first);
        Guard.Positive(halving);
        return new InverseTimeStepSize(first, halving);
    }

    /// <summary>Creates a schedule from a function.</summary>
    /// <param name="name">What a saved run is held against: it must change whenever the function does.</param>
    /// <param name="stepSize">η_t from t = 0, 1, …: a pure function, finite and above 0. Two schedules are equal if name and function are the same.</param>
    public static StepSizeSchedule Function(string name, Func<int, double> stepSize)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(stepSize);
        return new FunctionStepSize(name, stepSize);
    }

    /// <summary>Returns η_t, used to go from U_t to U_{t+1}.</summary>
    /// <param name="step">The step t, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double At(int step)
    {
        Guard.AtLeast(step, 0);
        return StepSizeAt(step);
    }

    /// <summary>Adds the schedule's name and all its numbers: what a saved run is held against.</summary>
    /// <param name="name">The name of the entry.</param>
    /// <param name="description">Added to.</param>
    public virtual void Describe(string name, PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);

        // A record writes its numbers as the culture does.
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            description.Add(name, ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Returns η_t, finite and above 0. Called once a step; must allocate nothing.</summary>
    /// <param name="step">The step t, 0 or more.</param>
    protected abstract double StepSizeAt(int step);
}
