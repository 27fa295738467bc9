using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Training;

/// <summary>Spherical Gaussian noise in front of another rule: D ← D + σ·N(0, I), drawn anew at every step. Around <see cref="Sgd{T}"/>: θ ← θ − η(D + σz), Langevin's form at fixed σ.</summary>
/// <remarks>
/// The noise of step t is the stream (seed, <see cref="StreamPurpose.Perturbation"/>, t). Unlike noise in the data it does not depend on the parameters. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NoisyDirection<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly UpdateRule<T> _rule;
    private readonly double _deviation;
    private readonly ulong _seed;

    /// <summary>Creates the rule.</summary>
    /// <param name="rule">The other rule.</param>
    /// <param name="deviation">σ, above 0; a normal number of the precision.</param>
    /// <param name="seed">The seed of the noise, which no rule within <paramref name="rule"/> has: the same seed would draw the same z twice.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="deviation"/> is out of range, or the other rule draws noise of the same seed.</exception>
    public NoisyDirection(UpdateRule<T> rule, double deviation, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(rule);
        TrainingCheck.CheckNormal<T>(deviation, nameof(deviation), "");
        for (UpdateRule<T>? inner = rule; inner is not null; inner = inner.Inner)
        {
            if (inner is NoisyDirection<T> noisy && noisy._seed == seed)
            {
                throw new ArgumentException($"'{nameof(seed)}' is {seed}, that of the noise within '{nameof(rule)}', which would be drawn twice; accepted is another.", nameof(seed));
            }
        }

        (_rule, _deviation, _seed) = (rule, deviation, seed);
    }

    /// <inheritdoc/>
    public override TraceKind? Trace => _rule.Trace;

    internal override UpdateRule<T>? Inner => _rule;

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => _rule.StateLength(shapes);

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<MatrixShape> shapes) => Math.Max(CountOf(shapes), _rule.ScratchLength(shapes));

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        Span<T> noise = step.Scratch[..step.Direction.Length];
        new RandomStream(_seed, StreamPurpose.Perturbation, step.DrawStep).FillGaussian(noise);
        TensorPrimitives.FusedMultiplyAdd(noise, T.CreateTruncating(_deviation), step.Direction, step.Direction);
        _rule.Apply(in step);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("directionNoise", _deviation);
        description.AddShared("noiseSeed", _seed);
        _rule.Describe(description);
    }
}
