using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>A step in coordinates: the batch makes svec(G) of svec(M), or G of w, and the model pulls it back.</summary>
internal sealed class CoordinateStep<T>(Batch<T> batch, Model<T> model) : StepWork<T>(batch, model)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _estimate = new T[batch.Space.Length];
    private readonly T[] _gradient = new T[batch.Space.Length];
    private readonly T[] _populationGradient = batch.HasPopulationGradient ? new T[batch.Space.Length] : [];
    private T[] _invariantGradient = [];

    public override ReadOnlySpan<T> Estimate => _estimate;

    public override ReadOnlySpan<T> Gradient => _gradient;

    public override ReadOnlySpan<T> PopulationGradient => _populationGradient;

    public override ReadOnlySpan<T> InvariantGradient => _invariantGradient;

    public override void ComputeGradient(int step, ReadOnlyMatrixSpan<T> factor, bool wantsResponseMean, CancellationToken cancellation)
    {
        _gradient.AsSpan().Clear();
        _invariantGradient.AsSpan().Clear();
        Batch.ComputeGradient(new BatchStep<T>
        {
            Step = step,
            Product = _estimate,
            Gradient = _gradient,
            PopulationGradient = _populationGradient,
            InvariantGradient = _invariantGradient,
            WantsResponseMean = wantsResponseMean,
            Cancellation = cancellation,
        });
    }

    public override void PullBack(ReadOnlySpan<T> parameters, CancellationToken cancellation) => Model.PullBack(parameters, _gradient, Direction, cancellation);

    public override bool SetEstimate(ReadOnlySpan<T> parameters, bool isOutOfBounds, CancellationToken cancellation = default)
    {
        if (isOutOfBounds && !Reductions.AllFinite(parameters))
        {
            // No model is asked what such numbers stand for.
            _estimate.AsSpan().Fill(T.NaN);
            return false;
        }

        Model.CopyMatrix(parameters, _estimate, cancellation);

        // Of a factor within bounds UUᵀ is finite; another model's matrix may leave the range where its parameters do not.
        return !isOutOfBounds && (Model.IsGramFactor || Reductions.AllFinite<T>(_estimate));
    }

    public override void RequestInvariantGradient()
    {
        if (_invariantGradient.Length == 0)
        {
            _invariantGradient = new T[_estimate.Length];
        }
    }
}
