using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// The AND-mask (Parascandolo et al., 2021): the mean gradient Σ_e π_e·G_e in the coordinates in which the environments' signs agree, |Σ_e π_e·sign(G_e,j)| ≥ τ, and 0 in the others.
/// </summary>
/// <remarks>
/// A direction, and the gradient of no function. Coordinates are those of svec(M), as the gradients in M are what all models have; the source masks the parameters'.
/// Either way the result depends on the basis: where V* is no coordinate axis, entries of the true signal are masked as well. Any source, any model.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AndMask<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _agreement;

    /// <summary>Creates the objective.</summary>
    /// <param name="agreement">τ, 0 to 1: 1 asks for the sign of all environments, 0 for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is out of range.</exception>
    public AndMask(double agreement = 1)
    {
        Guard.InRange(agreement, 0.0, 1.0);
        _agreement = agreement;
    }

    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        for (int j = 0; j < gradient.Length; j++)
        {
            // Summed in the same order, so that full agreement is the whole weight to the last bit.
            double signs = 0, whole = 0;
            T mean = T.Zero;
            for (int e = 0; e < environments.Count; e++)
            {
                double probability = environments.GetProbability(e);
                T own = environments.GetGradient(e)[j];
                whole += probability;
                signs += own > T.Zero ? probability : own < T.Zero ? -probability : 0;
                mean = T.FusedMultiplyAdd(own, T.CreateTruncating(probability), mean);
            }

            if (Math.Abs(signs) >= _agreement * whole)
            {
                gradient[j] += mean;
            }
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "and-mask");
        description.Add("agreement", _agreement);
    }
}
