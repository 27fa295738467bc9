using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Inter-environment gradient alignment, IGA (Koyama, Yamaguchi, 2020): Σ_e π_e·(R_e + λ‖(G_e − Ḡ)U‖_F²) for M = UUᵀ, Ḡ = Σ_e π_e·G_e, the variance of the directions in U. With
/// Δ_e = G_e − Ḡ the gradient in M is Σ_e π_e·(G_e + λ(Δ_e² + H_e(Δ_eM + MΔ_e))), since the Δ_e have the mean 0.
/// </summary>
/// <remarks>
/// For M = UUᵀ alone, where ‖ΔU‖² = ⟨Δ², M⟩. Needs one application of the measurements a step; the exact law gives it. At m = ∞ Δ_e = Ā − A^(e) does not depend on M, and the penalty
/// is linear in M: the objective is convex.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GradientVariance<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _weight;
    private FactorPenalty<T>? _penalty;
    private T[] _mean = [];
    private T[] _away = [];

    /// <summary>Creates the objective.</summary>
    /// <param name="weight">λ, 0 or a normal number of the precision above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The precision does not hold λ.</exception>
    public GradientVariance(double weight) => _weight = PenaltyWeight.Checked<T>(weight);

    /// <inheritdoc/>
    public override ObjectiveNeeds Needs => ObjectiveNeeds.Application | ObjectiveNeeds.Factor;

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        _penalty = FactorPenalty<T>.Of(_penalty, environments);
        if (_mean.Length != gradient.Length)
        {
            (_mean, _away) = (new T[gradient.Length], new T[gradient.Length]);
        }

        _mean.AsSpan().Clear();
        environments.AddMean(_mean);
        for (int e = 0; e < environments.Count; e++)
        {
            TensorPrimitives.Subtract(environments.GetGradient(e), _mean, _away);
            _penalty.AddGradient(e, _away, _weight * environments.GetProbability(e), environments, gradient, cancellation);
        }

        TensorPrimitives.Add(gradient, _mean, gradient);
    }

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => FactorPenalty<T>.RequiredBytes(in sizes) + RunSizes.Bytes<T>(2 * sizes.SvecLength);

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "gradient-variance");
        description.Add("penalty", _weight);
    }
}
