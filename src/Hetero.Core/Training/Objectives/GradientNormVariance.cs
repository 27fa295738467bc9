using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The mean of the risks plus λ times the variance over the environments of the gradients' squared lengths,
/// E R_e + λ·Var n_e with n_e = ‖G_eU‖_F² for M = UUᵀ: Fishr (Rame et al., 2022) with
/// one gradient for each environment in place of one for each sample. The gradient in M is Σ_e π_e·(G_e + 2λ(n_e − E n)·(G_e² + H_e(G_eM + MG_e))).
/// </summary>
/// <remarks>
/// Fishr itself takes the variance of per-sample gradients in each environment, which for Gaussian measurements is ‖D_e‖² + D_e,j² in coordinate j: nearly V-REx with a large weight.
/// For M = UUᵀ alone, where ‖GU‖² = ⟨G², M⟩. Needs one application of the measurements a step; the exact law gives it.
/// The penalty has a high degree in U, and minimizers that a small start does not reach.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GradientNormVariance<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _weight;
    private FactorPenalty<T>? _penalty;
    private double[] _lengths = [];

    /// <summary>Creates the objective.</summary>
    /// <param name="weight">λ, 0 or a normal number of the precision above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The precision does not hold λ.</exception>
    public GradientNormVariance(double weight) => _weight = PenaltyWeight.Checked<T>(weight);

    /// <inheritdoc/>
    public override ObjectiveNeeds Needs => ObjectiveNeeds.Application | ObjectiveNeeds.Factor;

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        _penalty = FactorPenalty<T>.Of(_penalty, environments);
        if (_lengths.Length != environments.Count)
        {
            _lengths = new double[environments.Count];
        }

        double mean = 0;
        for (int e = 0; e < _lengths.Length; e++)
        {
            _lengths[e] = _penalty.Value(environments.GetGradient(e), environments, cancellation);
            mean += environments.GetProbability(e) * _lengths[e];
        }

        environments.AddMean(gradient);
        for (int e = 0; e < _lengths.Length; e++)
        {
            double weight = 2 * _weight * environments.GetProbability(e) * (_lengths[e] - mean);
            _penalty.AddGradient(e, environments.GetGradient(e), weight, environments, gradient, cancellation);
        }
    }

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => FactorPenalty<T>.RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "gradient-norm-variance");
        description.Add("penalty", _weight);
    }
}
