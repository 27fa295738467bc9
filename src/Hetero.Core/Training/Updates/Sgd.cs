using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The plain step θ ← θ − η·D: (3) for the model UUᵀ.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Sgd<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        Descend(in step, step.Direction);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description) => ArgumentNullException.ThrowIfNull(description);

    /// <summary>θ ← θ − η·D, each entry with one rounding.</summary>
    internal static void Descend(in UpdateStep<T> step, ReadOnlySpan<T> direction)
        => LongVectors.MultiplyAdd(direction, -step.StepSize, step.Parameters, step.Team);
}
