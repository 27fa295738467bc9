using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// A source that applies the gradient to a panel of columns, G·U, and never forms G: of a dimension d far beyond what a d×d matrix has memory for. Derive from this class for one of your own.
/// </summary>
/// <remarks>
/// It measures <see cref="EstimateSpace.FactoredMatrices"/>, for which the trainer, <see cref="Training.GramModel{T}"/> and the batches of signals have no buffer of d² numbers; what needs G or M
/// itself is refused before the run. Not thread-safe, as all sources.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dimension">The dimension d, 1 or more.</param>
public abstract class PanelMeasurements<T>(int dimension) : MeasurementSource<T>(EstimateSpace.FactoredMatrices(dimension))
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected sealed override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
        => throw new NotSupportedException($"'{GetType().Name}' gives a gradient applied to a panel alone.");

    /// <inheritdoc/>
    protected abstract override void AccumulatePanelCore(
        in SampleGroup<T> group, in FactoredResidual<T> residual, MatrixSpan<T> result, CancellationToken cancellation);
}
