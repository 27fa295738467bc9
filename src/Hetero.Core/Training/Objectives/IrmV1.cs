using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// IRMv1 (Arjovsky et al., 2019): Σ_e π_e·(R_e + λ·⟨G_e, M⟩²), where ⟨G_e, M⟩ is the derivative of R_e(t·M) in the scalar dummy t at 1. The gradient in M is
/// Σ_e π_e·(G_e + 2λ⟨G_e, M⟩·(G_e + H_e(M))), with the measurements H_e of the environment as an operator.
/// </summary>
/// <remarks>
/// Any model. Needs one application of the measurements a step; the exact law gives it. The penalty sees one number of each gradient: it is 0 where its parts cancel, and from λ·r1 = 4
/// on (eigenvalues 1) training from a small start stays below the true signal.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class IrmV1<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _weight;
    private T[] _scaled = [];

    /// <summary>Creates the objective.</summary>
    /// <param name="weight">λ, 0 or a normal number of the precision above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The precision does not hold λ.</exception>
    public IrmV1(double weight) => _weight = PenaltyWeight.Checked<T>(weight);

    /// <inheritdoc/>
    public override ObjectiveNeeds Needs => ObjectiveNeeds.Application;

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        if (_scaled.Length != gradient.Length)
        {
            _scaled = new T[gradient.Length];
        }

        for (int e = 0; e < environments.Count; e++)
        {
            ReadOnlySpan<T> own = environments.GetGradient(e);
            double probability = environments.GetProbability(e);
            double slope = 2 * _weight * probability * double.CreateTruncating(Reductions.Dot(own, environments.Product));
            TensorPrimitives.FusedMultiplyAdd(own, T.CreateTruncating(probability + slope), gradient, gradient);
            TensorPrimitives.Multiply(environments.Product, T.CreateTruncating(slope), _scaled);
            environments.ApplyAny(e, _scaled, gradient, cancellation);
        }
    }

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RunSizes.Bytes<T>(sizes.SvecLength);

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "irm-v1");
        description.Add("penalty", _weight);
    }
}
