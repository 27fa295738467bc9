using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Decoupled weight decay around another rule: θ ← (1 − ηλ)θ, then the other rule's step, whose moments do not see the decay (Loshchilov, Hutter, 2019). Around <see cref="Adam{T}"/> it is AdamW;
/// around <see cref="Sgd{T}"/> it is the penalty λ/2·‖θ‖² where the direction is the gradient. For UUᵀ the direction is half the gradient, and the penalty λ·‖U‖_F² on the loss.
/// </summary>
/// <remarks>
/// Where ηλ is above 1 parameters change their sign, above 2 they grow. An entry is rounded once: it does not decay where ηλ is below half the distance to its neighbor, relative to it,
/// which is 3e-8 to 6e-8 in float precision, 6e-17 to 1.1e-16 in double. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DecoupledWeightDecay<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly UpdateRule<T> _rule;
    private readonly double _decay;

    /// <summary>Creates the rule.</summary>
    /// <param name="rule">The other rule.</param>
    /// <param name="decay">λ, 0 or a normal number of the precision above 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="decay"/> is out of range.</exception>
    public DecoupledWeightDecay(UpdateRule<T> rule, double decay)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Guard.NotNegative(decay);
        TrainingCheck.CheckZeroOrNormal<T>(decay, nameof(decay));
        (_rule, _decay) = (rule, decay);
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

        // Not times 1 − ηλ, which has lost digits of ηλ, the same ones for every entry and step.
        TensorPrimitives.FusedMultiplyAdd(step.Parameters, -(step.StepSize * T.CreateTruncating(_decay)), step.Parameters, step.Parameters);
        _rule.Apply(in step);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("weightDecay", _decay);
        _rule.Describe(description);
    }
}
