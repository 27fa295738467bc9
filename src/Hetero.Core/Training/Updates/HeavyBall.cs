using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Heavy-ball momentum: v ← βv + D, θ ← θ − η·v, from v = 0. With a constant step size that is θ_{t+1} = θ_t − ηD_t + β(θ_t − θ_{t−1}) (Polyak, 1964). β = 0 is <see cref="Sgd{T}"/>.
/// </summary>
/// <remarks>Keeps v, as long as the parameters. Equal directions add up to 1/(1 − β) times a single one. Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class HeavyBall<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _momentum;

    /// <summary>Creates the rule.</summary>
    /// <param name="momentum">β, 0 or a normal number of the precision, below 1.</param>
    /// <exception cref="ArgumentException"><paramref name="momentum"/> is out of range.</exception>
    public HeavyBall(double momentum)
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
        Sgd<T>.Descend(in step, step.State);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("updateRule", "heavy-ball");
        description.Add("momentum", _momentum);
    }
}
