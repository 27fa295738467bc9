using Hetero.Core.Numerics;
using Hetero.Core.Training;

namespace Hetero.Experiments.Recipes;

/// <summary>A schedule of step sizes in names and numbers, from the first step size on. The default is the constant one.</summary>
/// <remarks>
/// A number that the kind does not have is null. Two are equal if all values are. Immutable and thread-safe. Values are checked by <see cref="RunRecipe.Check"/>.
/// </remarks>
public sealed record ScheduleRecipe
{
    private readonly ValueList<StepSizeChange> _changes = ValueList<StepSizeChange>.Empty;

    /// <summary>Gets the kind.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Constant;

    /// <summary>Gets the changes of a piecewise step size, in ascending steps.</summary>
    public IReadOnlyList<StepSizeChange> Changes
    {
        get => _changes;
        init => _changes = new(value);
    }

    /// <summary>Gets the last step size of a cosine, finite and above 0.</summary>
    public double? LastStepSize { get; init; }

    /// <summary>Gets the step at which a cosine has its last step size, 1 or more; null means the last step of the run.</summary>
    public int? Steps { get; init; }

    /// <summary>Gets τ of η_0/(1 + t/τ), the step at which it is half of the first; finite and above 0.</summary>
    public double? Halving { get; init; }

    /// <summary>Makes the schedule.</summary>
    /// <param name="first">The first step size η_0, finite and above 0.</param>
    /// <param name="steps">The last step of the run, for a cosine that says no other.</param>
    /// <exception cref="ArgumentException">A number is out of range, or missing.</exception>
    public StepSizeSchedule Create(double first, int steps) => Kind switch
    {
        ScheduleKind.Piecewise => StepSizeSchedule.Piecewise([(0, first), .. Changes.Select(change => (change.FromStep, change.StepSize))]),
        ScheduleKind.Cosine => StepSizeSchedule.Cosine(first, LastStepSize ?? double.NaN, StepsOf(steps)),
        ScheduleKind.InverseTime => StepSizeSchedule.InverseTime(first, Halving ?? double.NaN),
        _ => StepSizeSchedule.Constant(first),
    };

    /// <summary>Says what is left to the run.</summary>
    internal ScheduleRecipe Resolve(int steps) => Kind == ScheduleKind.Cosine ? this with { Steps = StepsOf(steps) } : this;

    /// <summary>Leaves to the run what follows from it.</summary>
    internal ScheduleRecipe LeaveOpen(int steps) => this with { Steps = Steps == Math.Max(steps, 1) ? null : Steps };

    private int StepsOf(int steps) => Steps ?? Math.Max(steps, 1);
}
