using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>Clipping in front of another rule: D ← D·min(1, c/‖D‖_F), over all parameters together (Pascanu et al., 2013).</summary>
/// <remarks>A direction of norm c or below is left as it is, bit for bit. Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ClippedDirection<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly UpdateRule<T> _rule;
    private readonly double _largestNorm;

    /// <summary>Creates the rule.</summary>
    /// <param name="rule">The other rule.</param>
    /// <param name="largestNorm">c, above 0; a normal number of the precision.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="largestNorm"/> is out of range.</exception>
    public ClippedDirection(UpdateRule<T> rule, double largestNorm)
    {
        ArgumentNullException.ThrowIfNull(rule);
        TrainingCheck.CheckNormal<T>(largestNorm, nameof(largestNorm), "");
        (_rule, _largestNorm) = (rule, largestNorm);
    }

    /// <inheritdoc/>
    public override TraceKind? Trace => _rule.Trace;

    internal override UpdateRule<T>? Inner => _rule;

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => _rule.StateLength(shapes);

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<MatrixShape> shapes) => _rule.ScratchLength(shapes);

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        // NaN passes the comparison by, and the run ends as diverged.
        double norm = ScaledProducts.Norm<T>(step.Direction);
        if (norm > _largestNorm)
        {
            Clip(step.Direction, norm);
        }

        _rule.Apply(in step);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("largestNorm", _largestNorm);
        _rule.Describe(description);
    }

    private void Clip(Span<T> direction, double norm)
    {
        T factor = T.CreateTruncating(_largestNorm / norm);
        if (T.IsNormal(factor))
        {
            TensorPrimitives.Multiply(direction, factor, direction);
        }
        else if (double.IsFinite(norm))
        {
            // The quotient is below the precision, the clipped direction is not.
            ScaledProducts.Normalize(direction, norm, direction);
            TensorPrimitives.Multiply(direction, T.CreateTruncating(_largestNorm), direction);
        }
        else
        {
            // What the run diverges by is not to be lost.
            direction.Fill(T.NaN);
        }
    }
}
