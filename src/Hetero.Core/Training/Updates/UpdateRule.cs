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

    /// <summary>Makes a step.</summary>
    /// <param name="step">The direction, and what the step may change.</param>
    public abstract void Apply(in UpdateStep<T> step);

    /// <summary>Adds the rule's name and all its numbers: what a saved run is held against. The plain rule adds nothing.</summary>
    /// <param name="description">Added to.</param>
    public abstract void Describe(PartDescription description);

    /// <summary>Returns how many parameters there are.</summary>
    /// <param name="shapes">The shapes of the matrices of parameters.</param>
    protected static int CountOf(ReadOnlySpan<MatrixShape> shapes)
    {
        int count = 0;
        foreach (MatrixShape shape in shapes)
        {
            count += shape.Length;
        }

        return count;
    }

    /// <summary>Returns a state of some numbers for each parameter.</summary>
    private protected static int PerParameter(int numbers, ReadOnlySpan<MatrixShape> shapes)
    {
        long length = (long)numbers * CountOf(shapes);
        Guard.InRange(length, 0, Array.MaxLength, nameof(shapes));
        return (int)length;
    }
}
