using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Group distributionally robust optimization (Sagawa et al., 2020): the largest risk, max_e R_e. The direction is the gradient G_e of the first environment of the largest risk, a
/// subgradient; probabilities have no part in it.
/// </summary>
/// <remarks>
/// The exponentiated weights of the source approximate the maximum where a step sees one group; here a step sees all, and the maximum itself is exact, needs no second step size and no state.
/// Where two risks are the largest the direction jumps: a constant step size η ends within η times the jump of the minimizer, one that decreases at it. Any model. Needs the risks, as
/// <see cref="RiskExtrapolation{T}"/> does. At m = ∞ it is convex in M and ends at the center of the smallest ball around the A^(e).
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GroupDro<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override ObjectiveNeeds Needs => ObjectiveNeeds.Risks;

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        int worst = 0;
        double largest = double.NegativeInfinity;
        for (int e = 0; e < environments.Count; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            double risk = environments.GetRisk(e);
            if (risk > largest)
            {
                (worst, largest) = (e, risk);
            }
        }

        TensorPrimitives.Add(gradient, environments.GetGradient(worst), gradient);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "group-dro");
    }
}
