using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// Infinitely many samples: E[⟨X, D⟩X] = D, so a group contributes Scale·Count·D, and noise averages out. What is left of the dynamics
/// is heterogeneity without RIP error. An operator, in O(d²).
/// </summary>
/// <remarks>Thread-safe: keeps nothing.</remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dimension">The dimension d, 1 to 65535.</param>
public sealed class PopulationMeasurements<T>(int dimension) : MeasurementSource<T>(dimension)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override bool IsOperator => true;

    internal override bool TakesMixtures => true;

    /// <inheritdoc/>
    public override bool IsPopulation => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples) => null;

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "population");
    }

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        T weight = T.CreateTruncating(group.Scale * group.Count);
        Guard.Finite(weight, "group.Scale");
        TensorPrimitives.FusedMultiplyAdd(matrices, weight, results, results);
        if (group.Mixture is not { } mixture)
        {
            return;
        }

        for (int direction = 0; direction < mixture.Count; direction++)
        {
            double sum = 0;
            for (int sample = 0; sample < group.Count; sample++)
            {
                sum += mixture.Coefficients[(sample * mixture.Count) + direction];
            }

            Span<T> first = results[..SvecLength];
            TensorPrimitives.FusedMultiplyAdd(mixture.Direction(direction), T.CreateTruncating(group.Scale * sum), first, first);
        }
    }
}
