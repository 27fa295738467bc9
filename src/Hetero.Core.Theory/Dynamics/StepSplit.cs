using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>What R, Q or E is after one step, as a sum of three: (22), (23) or (24).</summary>
/// <remarks>A view of the memory of <see cref="OneStepDynamics{T}"/>: overwritten by its next computation.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct StepSplit<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal StepSplit(ReadOnlyMatrixSpan<T> main, ReadOnlyMatrixSpan<T> interaction, ReadOnlyMatrixSpan<T> ripError)
    {
        Main = main;
        Interaction = interaction;
        RipError = ripError;
    }

    /// <summary>Gets the first term: dominating dynamics for R, fluctuation dynamics for Q, shrinkage dynamics for E.</summary>
    public ReadOnlyMatrixSpan<T> Main { get; }

    /// <summary>Gets the interaction error: what U* and V* do to each other where they overlap. 0 for orthogonal subspaces.</summary>
    public ReadOnlyMatrixSpan<T> Interaction { get; }

    /// <summary>Gets the RIP error with its sign, −ηU_tᵀE_tU* for R: what finitely many samples add. 0 at m = ∞.</summary>
    public ReadOnlyMatrixSpan<T> RipError { get; }

    /// <summary>Writes Main + Interaction + RipError, which is the next R, Q or E to round-off.</summary>
    /// <param name="destination">Receives the sum, in the shape of <see cref="Main"/>.</param>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public void CopySum(MatrixSpan<T> destination)
    {
        Guard.Shape(destination.Rows, destination.Columns, Main.Rows, Main.Columns, nameof(destination));
        for (int i = 0; i < destination.Rows; i++)
        {
            Span<T> row = destination.Row(i);
            TensorPrimitives.Add(Main.Row(i), Interaction.Row(i), row);
            TensorPrimitives.Add(row, RipError.Row(i), row);
        }
    }
}
