using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Invariant risk minimization with a matrix as dummy, a smooth EILLS (Fan et al., 2024): Σ_e π_e·(R_e + λ‖G_eU‖_F²) for M = UUᵀ. The gradient in M is
/// Σ_e π_e·(G_e + λ(G_e² + H_e(G_eM + MG_e))), with the measurements H_e of the environment as an operator.
/// </summary>
/// <remarks>
/// For M = UUᵀ alone, where ‖GU‖² = ⟨G², M⟩. Needs one application of the measurements a step; the exact law gives it. From λ = 1 on a small start does not find the true signal (eigenvalues 1);
/// with an indefinite M the penalty would not be bounded from below.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MatrixIrm<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _weight;
    private FactorPenalty<T>? _penalty;

    /// <summary>Creates the objective.</summary>
    /// <param name="weight">λ, 0 or a normal number of the precision above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The precision does not hold λ.</exception>
    public MatrixIrm(double weight) => _weight = PenaltyWeight.Checked<T>(weight);

    /// <inheritdoc/>
    public override ObjectiveNeeds Needs => ObjectiveNeeds.Application | ObjectiveNeeds.Factor;

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        _penalty = FactorPenalty<T>.Of(_penalty, environments);
        environments.AddMean(gradient);
        for (int e = 0; e < environments.Count; e++)
        {
            _penalty.AddGradient(e, environments.GetGradient(e), _weight * environments.GetProbability(e), environments, gradient, cancellation);
        }
    }

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => FactorPenalty<T>.RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "matrix-irm");
        description.Add("penalty", _weight);
    }
}
