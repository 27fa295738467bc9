using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Sign descent: θ ← θ − η·sign(v) entry by entry, v ← βv + D from v = 0 (Bernstein et al., signSGD, 2018; β = 0 without momentum). Where v is 0, nothing moves.
/// </summary>
/// <remarks>Keeps v, as long as the parameters, unless β = 0. Every entry moves by η whatever the size of the direction, as long as that is finite. Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SignDescent<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _momentum;

    /// <summary>Creates the rule.</summary>
    /// <param name="momentum">β, 0 or a normal number of the precision, below 1.</param>
    /// <exception cref="ArgumentException"><paramref name="momentum"/> is out of range.</exception>
    public SignDescent(double momentum = 0)
    {
        Momentum<T>.Check(momentum, nameof(momentum));
        _momentum = momentum;
    }

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => _momentum == 0 ? 0 : PerParameter(1, shapes);

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        ReadOnlySpan<T> velocity = step.Direction;
        if (_momentum != 0)
        {
            Momentum<T>.Add(_momentum, step.Direction, step.State);
            velocity = step.State;
        }

        for (int i = 0; i < velocity.Length; i++)
        {
            T v = velocity[i];

            // Infinity has a sign, too, but the run is to end as diverged.
            step.Parameters[i] -= !T.IsFinite(v) ? T.NaN : v > T.Zero ? step.StepSize : v < T.Zero ? -step.StepSize : v;
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("updateRule", "sign-descent");
        description.Add("momentum", _momentum);
    }
}
