using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Mini-batch noise on another batch's gradient: G + δ(G_B − G_B'), with the gradients of two independent mini-batches B and B' of b rows each, drawn with
/// replacement. Its mean is G; its covariance is 2δ²/b times that of one
/// row's gradient, and vanishes where the data are fitted.
/// </summary>
/// <remarks>
/// With several environments each has its own two mini-batches, weighted by its probability. A <see cref="TrainingOptions.TruncationLevel"/> is the other batch's alone: G leaves samples out, the
/// difference none. Not thread-safe: uses the other batch and the data.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MiniBatchNoise<T> : Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Batch<T> _batch;
    private readonly MeasuredData<T> _data;
    private readonly int _samples;
    private readonly double _factor;

    /// <summary>Puts the noise on a batch.</summary>
    /// <param name="batch">The other batch; it may be one of the same data.</param>
    /// <param name="data">The data that mini-batches are taken of, with <see cref="RowOrder.WithReplacement"/>.</param>
    /// <param name="samples">The number b of rows in a mini-batch, 1 or more.</param>
    /// <param name="factor">δ, above 0; a normal number of the precision.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or a number is out of range; the message names it.</exception>
    public MiniBatchNoise(Batch<T> batch, MeasuredData<T> data, int samples, double factor = 1)
        : base(SpaceOf(batch))
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Space != Space)
        {
            throw new ArgumentException($"'{nameof(data)}' are of {data.Space}; accepted are data of {Space}, as the batch's gradient is.", nameof(data));
        }

        if (data.RowOrder != RowOrder.WithReplacement)
        {
            throw new ArgumentException(
                $"'{nameof(data)}' have the row order {data.RowOrder}; accepted is {RowOrder.WithReplacement}, by which mini-batches are independent.", nameof(data));
        }

        Guard.InRange(samples, 1, Array.MaxLength);
        TrainingCheck.CheckNormal<T>(factor, nameof(factor), "");
        (_batch, _data, _samples, _factor) = (batch, data, samples, factor);
    }

    /// <inheritdoc/>
    public override string Algorithm => _batch.Algorithm;

    /// <inheritdoc/>
    public override TrainingOptions? Options => _batch.Options;

    /// <inheritdoc/>
    public override SignalModel<T>? Signals => _batch.Signals;

    /// <inheritdoc/>
    public override EnvironmentDistribution? Environments => _batch.Environments;

    /// <inheritdoc/>
    public override bool HasPopulationGradient => _batch.HasPopulationGradient;

    /// <inheritdoc/>
    /// <remarks>Never: what the data's rows would say of A* alone is not known.</remarks>
    public override bool HasInvariantGradient => false;

    internal override bool HasResidualMean => _batch.HasResidualMean;

    internal override bool HasSigma => _batch.HasSigma;

    internal override bool HasResponseMean => _batch.HasResponseMean;

    internal override double ResponseMean => _batch.ResponseMean;

    /// <inheritdoc/>
    public override long SamplesLeftOut => _batch.SamplesLeftOut;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> PopulationSigma => _batch.PopulationSigma;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Environment => _batch.Environment;

    internal override bool NeedsFactor => _batch.NeedsFactor;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> EnvironmentLabel => _batch.EnvironmentLabel;

    /// <inheritdoc/>
    /// <remarks>Where the other batch is of the same data, these are counted twice.</remarks>
    public override Int128 BufferBytes(in RunSizes sizes) => _batch.BufferBytes(in sizes) + _data.BufferBytes(sizes with { Samples = _samples });

    /// <inheritdoc/>
    public override void ComputeGradient(in BatchStep<T> step)
    {
        using ExclusiveUse.Scope use = Enter(in step);
        _batch.ComputeGradient(in step);
        for (int e = 0; e < _data.MeasurementSets; e++)
        {
            for (int copy = 0; copy < 2; copy++)
            {
                double sign = copy == 0 ? 1 : -1;
                SampleGroup<T> group = new()
                {
                    Step = step.Step,

                    // From the last one down: the other batch, of the same data or not, names its groups from the first one up.
                    Group = RandomStream.MaxSubstream - ((2 * e) + copy),
                    MeasurementSet = e,
                    Count = _samples,
                    BatchSize = _samples,
                    Scale = sign * _factor * _data.GetProbability(e) / _samples,
                };
                _data.Accumulate(in group, step.Product, step.Gradient, step.Cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _batch.Describe(description);
        description.Add("noiseSamples", _samples);
        description.Add("noiseFactor", _factor);
        PartDescription rows = new();
        _data.Describe(rows, _samples);
        description.Add("noiseRows", rows);
    }

    private static EstimateSpace SpaceOf(Batch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Space;
    }
}
