using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The mean of the risks, Σ_e π_e·R_e: pooled training, empirical risk minimization over all environments. The gradient is Σ_e π_e·G_e.</summary>
/// <remarks>What <see cref="FullBatch{T}"/> does without an objective, but in other bits: gradients are made first and weighted then. Any source, any model.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MeanRisk<T> : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Combine(EnvironmentGradients<T> environments, Span<T> gradient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environments);
        environments.AddMean(gradient);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("objective", "mean-risk");
    }
}
