using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>A step in factored form: of the factor U the batch makes G·U, which is the direction, and neither M nor G is formed.</summary>
internal sealed class PanelStep<T>(Batch<T> batch, Model<T> model, WorkerTeam? team) : StepWork<T>(batch, model)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeGradient(int step, ReadOnlyMatrixSpan<T> factor, bool wantsResponseMean, CancellationToken cancellation)
    {
        LongVectors.Clear(Direction, team);
        Batch.ComputeGradient(new BatchStep<T>
        {
            Step = step,
            Product = default,
            Gradient = default,
            WantsResponseMean = wantsResponseMean,
            Factor = factor,

            // Its norm is within bounds, or there would be no step.
            HasFiniteFactor = true,
            Panel = new MatrixSpan<T>(Direction, factor.Rows, factor.Columns),
            Cancellation = cancellation,
        });
    }

    /// <summary>The batch has made it.</summary>
    public override void PullBack(ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
    }

    // Of a factor within bounds UUᵀ is finite.
    public override bool SetEstimate(ReadOnlySpan<T> parameters, bool isOutOfBounds, CancellationToken cancellation = default) => !isOutOfBounds;

    public override void RequestInvariantGradient() => throw new NotSupportedException($"Gradients of {Batch.Space} have no coordinates.");
}
