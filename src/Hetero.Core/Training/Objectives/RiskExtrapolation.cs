using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// V-REx (Krueger et al., 2021): the mean of the risks plus λ times their variance, E R_e + λ·Var R_e under the probabilities π_e. The gradient in M is
/// Σ_e π_e(1 + 2λ(R_e − E R))·G_e.
/// </summary>
/// <remarks>
/// Any model. Needs the risks: no noise in the responses, whole environments of data of one's own. Weights are negative where R_e is below E R by more than 1/(2λ). At m = ∞ the objective
/// is convex in M; for laws symmetric about their mean it ends where pooled training does, whatever λ is.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RiskExtrapolation<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _weight;
    private double[] _risks = [];

    /// <summary>Creates the objective.</summary>
    /// <param name="weight">λ, 0 or a normal number of the precision above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The precision does not hold λ.</exception>
    public RiskExtrapolation(double weight) => _weight = PenaltyWeight.Checked<T>(weight);

    /// <inheritdoc/>
    public override ObjectiveNeeds Needs => ObjectiveNeeds.Risks;

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        if (_risks.Length != environments.Count)
        {
            _risks = new double[environments.Count];
        }

        double mean = 0;
        for (int e = 0; e < _risks.Length; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            _risks[e] = environments.GetRisk(e);
            mean += environments.GetProbability(e) * _risks[e];
        }

        for (int e = 0; e < _risks.Length; e++)
        {
            double weight = environments.GetProbability(e) * (1 + (2 * _weight * (_risks[e] - mean)));
            TensorPrimitives.FusedMultiplyAdd(environments.GetGradient(e), T.CreateTruncating(weight), gradient, gradient);
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "v-rex");
        description.Add("penalty", _weight);
    }
}
