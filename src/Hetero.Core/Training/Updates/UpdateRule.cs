using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// What a step makes of a direction D_t: θ_{t+1} from θ_t, D_t and what the rule remembers. The paper's is <see cref="Sgd{T}"/>, θ − η·D; derive from this class for
/// one of your own.
/// </summary>
/// <remarks>
/// A rule keeps nothing itself: its state belongs to the trainer, which saves it with the iterate, so one rule may serve many trainers at once. It must
/// allocate nothing in <see cref="Apply"/> and give the same bits for the same arguments. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the rule.</summary>
    protected UpdateRule() => Guard.Element<T>();

    /// <summary>Returns how many numbers the rule keeps from step to step; 0 unless it says otherwise.</summary>
    /// <param name="shapes">The shapes of the matrices of parameters.</param>
    public virtual int StateLength(ReadOnlySpan<MatrixShape> shapes) => 0;

    /// <summary>Returns how many numbers of scratch memory a step needs; 0 unless it says otherwise.</summary>
    /// <param name="shapes">The shapes of the matrices of parameters.</param>
    public virtual int ScratchLength(ReadOnlySpan<MatrixShape> shapes) => 0;

    /// <summary>Gets which trace of the signals the rule wants in <see cref="UpdateStep{T}.SignalTrace"/>; null, which is the default, for none.</summary>
    public virtual TraceKind? Trace => null;

    /// <summary>Gets the rule of this library that this one is around; null for none.</summary>
    internal virtual UpdateRule<T>? Inner => null;

    /// <summary>Makes a step.</summary>
    /// <param name="step">The direction, and what the step may change.</param>
    /// <exception cref="ArgumentException">A length of the step is not that of the shapes, or memory is shared.</exception>
    public abstract void Apply(in UpdateStep<T> step);

    /// <summary>Adds the rule's name and all its numbers: what a saved run is held against. The plain rule adds nothing.</summary>
    /// <param name="description">Added to.</param>
    public abstract void Describe(PartDescription description);

    /// <summary>Returns how many parameters there are.</summary>
    /// <param name="shapes">The shapes of the matrices of parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A shape has no entries, or there are more of them than an array holds.</exception>
    protected static int CountOf(ReadOnlySpan<MatrixShape> shapes)
    {
        long count = 0;
        foreach (MatrixShape shape in shapes)
        {
            Guard.AtLeast(shape.Rows, 1, "shapes.Rows");
            Guard.AtLeast(shape.Columns, 1, "shapes.Columns");
            count += (long)shape.Rows * shape.Columns;
            Guard.InRange(count, 0, Array.MaxLength, nameof(shapes));
        }

        return (int)count;
    }

    /// <summary>Refuses a step whose memory is not what the rule asked for.</summary>
    private protected void Check(in UpdateStep<T> step)
    {
        Guard.AtLeast(step.Step, 0, "step.Step");
        Guard.Length(step.Parameters.Length, CountOf(step.Shapes), "step.Parameters");
        Guard.Length(step.Direction.Length, step.Parameters.Length, "step.Direction");
        Guard.Length(step.State.Length, StateLength(step.Shapes), "step.State");
        Guard.MinimumLength(step.Scratch.Length, ScratchLength(step.Shapes), "step.Scratch");
        Guard.NoOverlap<T>(step.Parameters, step.Direction, "step.Parameters", "step.Direction");
        Guard.NoOverlap<T>(step.Parameters, step.State, "step.Parameters", "step.State");
        Guard.NoOverlap<T>(step.Parameters, step.Scratch, "step.Parameters", "step.Scratch");
        Guard.NoOverlap<T>(step.Direction, step.State, "step.Direction", "step.State");
        Guard.NoOverlap<T>(step.Direction, step.Scratch, "step.Direction", "step.Scratch");
        Guard.NoOverlap<T>(step.State, step.Scratch, "step.State", "step.Scratch");
    }

    /// <summary>Returns a state of some numbers for each parameter.</summary>
    private protected static int PerParameter(int numbers, ReadOnlySpan<MatrixShape> shapes)
    {
        long length = (long)numbers * CountOf(shapes);
        Guard.InRange(length, 0, Array.MaxLength, nameof(shapes));
        return (int)length;
    }
}
