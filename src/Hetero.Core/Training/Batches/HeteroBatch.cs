using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>The batch of HeteroSGD, Algorithm 3: every step draws one environment e_t ~ D and m samples from it alone.</summary>
/// <remarks>
/// <para>Beyond the paper, <see cref="TrainingOptions.EnvironmentOrder"/> lets e_t depend on those before, and with
/// <see cref="TrainingOptions.PooledShare"/> ρ only round((1 − ρ)m) samples (halves away from zero) come from e_t; the others are spread over
/// all environments as PooledSGD spreads its batch. The mean gradient is then that of Σ = (1 − ρ)Σ_t + ρ·E[Σ], with ρ as rounded. Without a
/// pooled sample the bits are those of ρ = 0; with pooled samples alone they are those of <see cref="PooledBatch{T}"/>, and there is no e_t to
/// report. At m = ∞ nothing is rounded.</para>
/// <para>Not thread-safe.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class HeteroBatch<T> : Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchData<T> _data;
    private readonly TrainingOptions _options;
    private readonly EnvironmentSequence _sequence;
    private readonly RowsTaken? _taken;
    private readonly RowsTaken.CountBefore _count;
    private readonly double[] _sigma;
    private readonly double[] _label;
    private readonly double[] _mixedSigma;
    private readonly T[] _residual;
    private readonly SpreadSamples<T>? _pooled;
    private readonly double _share;
    private readonly long _own;

    /// <summary>Makes batches of signals that a source measures.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">The seed, the samples, their noise, the order of the environments and the pooled share.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    public HeteroBatch(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options)
        : this(TrainingCheck.Checked(signals, environments, source, options), options)
    {
    }

    /// <summary>Makes batches of data of one's own: m rows of one environment, or all of them with <see cref="TrainingOptions.AllRows"/>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">The seed, the samples, the order of the environments and the pooled share.</param>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the data; the message names it.</exception>
    public HeteroBatch(MeasuredData<T> data, TrainingOptions options)
        : this(TrainingCheck.Checked(data, options), options)
    {
        if (options.Samples == TrainingOptions.AllRows && options.PooledShare != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'options.PooledShare' is {options.PooledShare}; accepted with batches of all rows is 0."), "options.PooledShare");
        }
    }

    private HeteroBatch(BatchData<T> data, TrainingOptions options)
        : base(data.Source.Space)
    {
        EnvironmentDistribution environments = data.Environments;
        (_data, _options) = (data, options);
        _sigma = new double[environments.Rank * environments.Rank];
        _label = new double[environments.LabelLength];
        _mixedSigma = new double[_sigma.Length];
        EnvironmentSequence.Check(environments, options.EnvironmentOrder, "options.EnvironmentOrder");
        _sequence = new EnvironmentSequence(environments, options.EnvironmentOrder, options.Seed);
        Guard.InRange(options.PooledShare, 0, 1, "options.PooledShare");
        (_share, _own) = (options.PooledShare, options.Samples);
        if (!data.Source.IsPopulation && options.Samples != TrainingOptions.AllRows)
        {
            _own = options.Samples - PooledShare.SamplesOf(options.Samples, options.PooledShare);
            _share = (double)(options.Samples - _own) / options.Samples;
            _pooled = _own == options.Samples ? null : new SpreadSamples<T>(data, options, _own, "options.PooledShare");
        }

        _residual = data.IsMeasured || (_pooled is null && data.HasPopulationGradient) ? [] : new T[data.Source.SvecLength];
        _taken = data.IsMeasured ? new RowsTaken(environments.Count!.Value) : null;
        _count = CountBefore;
    }

    /// <inheritdoc/>
    public override string Algorithm => "HeteroSGD";

    /// <inheritdoc/>
    public override TrainingOptions Options => _options;

    /// <inheritdoc/>
    public override SignalModel<T>? Signals => _data.Signals;

    /// <inheritdoc/>
    public override EnvironmentDistribution Environments => _data.Environments;

    /// <inheritdoc/>
    public override bool HasPopulationGradient => _data.HasPopulationGradient;

    internal override bool HasResidualMean => _data.HasResidualMean;

    /// <inheritdoc/>
    /// <remarks>Where the signals are known, no sample is left out, and all samples are of e_t.</remarks>
    public override bool HasInvariantGradient => _data.HasPopulationGradient && _share == 0;

    internal override bool HasResponseMean => _data.Source.HasSamples;

    internal override double ResponseMean => _data.Predictions?.ResponseMean ?? double.NaN;

    /// <inheritdoc/>
    public override long SamplesLeftOut => _data.Predictions?.LeftOut ?? 0;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> PopulationSigma => _share == 0 ? _sigma : _mixedSigma;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Environment => _share < 1 ? _sigma : default;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> EnvironmentLabel => _share < 1 ? _label : default;

    /// <summary>Returns the bytes that such a batch needs, its source and signals left out, before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes)
        => BatchData<T>.BytesOf(in sizes) + SpreadSamples<T>.BytesOf(in sizes)
            + RunSizes.Bytes<T>(sizes.InvariantRank > 0 && (sizes.PooledSamples > 0 || sizes.IsTruncated) ? sizes.SvecLength : 0)
            + RunSizes.Bytes<T>(sizes.CallMatrices > 1 ? 2 * sizes.CallMatrices * sizes.SvecLength : 0);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes)
    {
        RunSizes own = _pooled?.Refine(in sizes) ?? sizes;
        return RequiredBytes(in own) + _data.BytesOfParts(in own);
    }

    /// <inheritdoc/>
    public override void ComputeGradient(in BatchStep<T> step)
    {
        using ExclusiveUse.Scope use = Enter(in step);

        // Counting writes to the memory of the environment, which is to be this step's afterwards.
        _taken?.MoveTo(step.Step, _count, step.Cancellation);
        int environment = _sequence.Get(step.Step, _sigma, _label);
        _data.Begin(in step);
        if (_share == 0)
        {
            _data.AddAlone(OwnGroup(in step, environment), _sigma, _residual, in step);
        }
        else
        {
            AddWithShare(in step, environment);
        }

        _taken?.Complete();
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _data.DescribeSizes(description, _options);

        // Independent draws are blocks of length 1, and a share counts as it is rounded.
        EnvironmentOrder order = _options.EnvironmentOrder;
        description.Add(nameof(_options.EnvironmentOrder), order.Kind == EnvironmentOrderKind.Blocks ? EnvironmentOrderKind.Independent : order.Kind);
        description.Add(nameof(order.BlockLength), order.BlockLength);
        if (order.Distinct > 1)
        {
            description.Add(nameof(order.Distinct), order.Distinct);
        }

        description.Add(nameof(_options.PooledShare), _share);
        if (_pooled is not null)
        {
            description.Add(nameof(_options.PooledSampling), _options.PooledSampling);
        }

        _data.Describe(description, _options);
    }

    private bool HasOwn => _own > 0 || _options.Samples == TrainingOptions.AllRows;

    /// <summary>The samples of e_t and those of all environments, at m = ∞ their mean.</summary>
    private void AddWithShare(in BatchStep<T> step, int environment)
    {
        PooledShare.Mix(_share, _sigma, _data.MeanSigma, _mixedSigma);
        _data.WriteMean(_mixedSigma, in step);
        if (_pooled is null)
        {
            _data.AddMean(_mixedSigma, in step);
            return;
        }

        if (HasOwn)
        {
            _data.Add(OwnGroup(in step, environment), _sigma, _residual, in step);
        }

        _pooled.Add(in step, _taken);
    }

    private SampleGroup<T> OwnGroup(in BatchStep<T> step, int environment)
    {
        long count = _data.SamplesOf(environment, _own);
        return new SampleGroup<T>
        {
            Step = step.Step,
            MeasurementSet = _data.IsMeasured ? environment : 0,
            Count = count,
            BatchSize = _options.Samples,
            RowsBefore = _taken?.Take(environment, count) ?? 0,
            Positions = _pooled?.PositionsAt(step.Step),
            Predictions = _data.Predictions,
            Scale = 1.0 / (_options.Samples == TrainingOptions.AllRows ? count : _options.Samples),
            NoiseDeviation = _options.NoiseDeviation,
            LabelNoise = _options.LabelNoise,
            KeepsNoise = _data.Source.IsReused && environment >= 0,
            NoiseSubstream = Math.Clamp(environment, 0, RandomStream.MaxSubstream),
        };
    }

    private void CountBefore(int step, Span<long> counts, CancellationToken cancellation)
    {
        for (int before = 0; before < step && HasOwn; before++)
        {
            cancellation.ThrowIfCancellationRequested();
            int environment = _sequence.Get(before, _sigma, _label);
            counts[environment] += _data.SamplesOf(environment, _own);
        }

        _pooled?.CountBefore(step, counts, cancellation);
    }
}
