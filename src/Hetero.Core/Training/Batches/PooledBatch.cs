using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The batch of PooledSGD (4): samples of all environments mixed, by exact shares or by independent draws (<see cref="TrainingOptions.PooledSampling"/>).
/// In expectation it descends towards A* + Ā.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PooledBatch<T> : Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchData<T> _data;
    private readonly TrainingOptions _options;
    private readonly SpreadSamples<T>? _samples;
    private readonly RowsTaken? _taken;
    private readonly RowsTaken.CountBefore _count;

    /// <summary>Makes batches of signals that a source measures.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">
    /// The seed, the samples, their noise and how they are spread. Stratified sampling of a finite distribution needs at least one sample for each environment;
    /// a continuous law of your own can be sampled independently alone.
    /// </param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    public PooledBatch(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options)
        : this(TrainingCheck.Checked(signals, environments, source, options), options)
    {
    }

    /// <summary>Makes batches of data of one's own: shares π_e·m of each environment's rows, by largest remainder.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">The seed, the samples and how they are spread. A stratified share that comes to no row is refused, as its environment would never be seen.</param>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the data; the message names it.</exception>
    public PooledBatch(MeasuredData<T> data, TrainingOptions options)
        : this(TrainingCheck.Checked(data, options, isPooled: true), options)
    {
    }

    private PooledBatch(BatchData<T> data, TrainingOptions options)
        : base(data.Source.Space)
    {
        (_data, _options) = (data, options);
        TrainingCheck.RefuseEnvironmentOptions(options, Algorithm);
        if (!data.Source.IsPopulation)
        {
            _samples = new SpreadSamples<T>(data, options, first: 0, "options.Samples");
        }

        _taken = data.IsMeasured ? new RowsTaken(data.Environments.Count!.Value) : null;
        _count = (step, counts, cancellation) => _samples!.CountBefore(step, counts, cancellation);
    }

    /// <inheritdoc/>
    public override string Algorithm => "PooledSGD";

    /// <inheritdoc/>
    public override TrainingOptions Options => _options;

    /// <inheritdoc/>
    public override SignalModel<T>? Signals => _data.Signals;

    /// <inheritdoc/>
    public override EnvironmentDistribution Environments => _data.Environments;

    /// <inheritdoc/>
    public override bool HasPopulationGradient => _data.HasPopulationGradient;

    internal override bool HasResidualMean => _data.HasResidualMean;

    internal override bool HasResponseMean => _data.Source.HasSamples;

    internal override double ResponseMean => _data.Predictions?.ResponseMean ?? double.NaN;

    /// <inheritdoc/>
    public override long SamplesLeftOut => _data.Predictions?.LeftOut ?? 0;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> PopulationSigma => _data.MeanSigma;

    /// <summary>Returns the bytes that such a batch needs, its source and signals left out, before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => BatchData<T>.BytesOf(in sizes) + SpreadSamples<T>.BytesOf(in sizes);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes)
    {
        RunSizes own = _samples?.Refine(in sizes) ?? sizes;
        return RequiredBytes(in own) + _data.BytesOfParts(in own);
    }

    /// <inheritdoc/>
    public override void ComputeGradient(in BatchStep<T> step)
    {
        using ExclusiveUse.Scope use = Enter(in step);
        _data.Begin(in step);
        _data.WriteMean(_data.MeanSigma, in step);
        if (_samples is null)
        {
            _data.AddMean(_data.MeanSigma, in step);
            return;
        }

        _taken?.MoveTo(step.Step, _count, step.Cancellation);
        _samples.Add(in step, _taken);
        _taken?.Complete();
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _data.DescribeSizes(description, _options);
        if (_samples is not null)
        {
            description.Add(nameof(_options.PooledSampling), _options.PooledSampling);
        }

        _data.Describe(description, _options);
    }
}
