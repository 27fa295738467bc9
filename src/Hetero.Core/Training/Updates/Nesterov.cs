using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Nesterov's momentum in the form that needs the gradient at the iterate alone: v ← βv + D, θ ← θ − η(D + βv), from v = 0. With a constant step size the θ here are
/// Nesterov's look-ahead points (Nesterov, 1983; in this form Bengio, Boulanger-Lewandowski, Pascanu, 2013). β = 0 is <see cref="Sgd{T}"/>.
/// </summary>
/// <remarks>Keeps v, as long as the parameters. Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Nesterov<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _momentum;

    /// <summary>Creates the rule.</summary>
    /// <param name="momentum">β, 0 or a normal number of the precision, below 1.</param>
    /// <exception cref="ArgumentException"><paramref name="momentum"/> is out of range.</exception>
    public Nesterov(double momentum)
    {
        Momentum<T>.Check(momentum, nameof(momentum));
        _momentum = momentum;
    }

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => PerParameter(1, shapes);

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        Momentum<T>.Add(_momentum, step.Direction, step.State);
        TensorPrimitives.FusedMultiplyAdd(step.State, T.CreateTruncating(_momentum), step.Direction, step.Direction);
        Sgd<T>.Descend(in step, step.Direction);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("updateRule", "nesterov");
        description.Add("momentum", _momentum);
    }
}
