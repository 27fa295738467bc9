using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The batch of PooledGD (Theorem 6): every environment with its own m samples, their gradients averaged over D, Σ_e π_e·(1/m) Σ_i (⟨X_i^(e), M⟩ − y_i^(e))X_i^(e), or made
/// one by an <see cref="Objective{T}"/>. With stored measurements the samples are drawn once, or are the user's, a set for each environment.
/// </summary>
/// <remarks>
/// A continuous distribution has infinitely many environments; averaging over all of them, each with fresh samples, is the population
/// gradient at A* + Ā. Stored samples and objectives cannot cover it and are refused. Not thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FullBatch<T> : Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchData<T> _data;
    private readonly TrainingOptions _options;
    private readonly Objective<T>? _objective;
    private readonly EnvironmentGradients<T>? _gradients;
    private readonly bool _isPopulation;
    private readonly double[] _sigma;
    private readonly T[] _residual;

    /// <summary>Makes batches of signals that a source measures.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d; stored ones with a set of m samples or more for each environment.</param>
    /// <param name="options">The seed, the samples and their noise.</param>
    /// <param name="objective">How the gradients make one; null for their mean.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    public FullBatch(
        SignalModel<T> signals,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        Objective<T>? objective = null)
        : this(TrainingCheck.Checked(signals, environments, source, options), options, objective)
    {
    }

    /// <summary>Makes batches of data of one's own: m rows of each environment, or all of them with <see cref="TrainingOptions.AllRows"/>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">The seed and the samples.</param>
    /// <param name="objective">How the gradients make one; null for their mean.</param>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the data; the message names it.</exception>
    public FullBatch(MeasuredData<T> data, TrainingOptions options, Objective<T>? objective = null)
        : this(TrainingCheck.Checked(data, options), options, objective)
    {
    }

    private FullBatch(BatchData<T> data, TrainingOptions options, Objective<T>? objective)
        : base(data.Source.Space)
    {
        (_data, _options, _objective) = (data, options, objective);
        MeasurementSource<T> source = data.Source;
        TrainingCheck.RefuseEnvironmentOptions(options, Algorithm);
        if (options.PooledSampling != PooledSampling.Stratified)
        {
            throw new ArgumentException(
                $"'options.PooledSampling' is {options.PooledSampling}; accepted for {Algorithm}, where every environment has its samples, is "
                + $"{PooledSampling.Stratified}.",
                "options.PooledSampling");
        }

        if (data.Environments.Count is not { } count)
        {
            if (data.IsTruncated)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'options.TruncationLevel' is {options.TruncationLevel} with continuous environments, whose gradient is a mean over all of them; accepted is none."),
                    "options.TruncationLevel");
            }

            if (source.IsReused || objective is not null)
            {
                throw new ArgumentException(
                    $"'environments' is continuous with {(source.IsReused ? "stored measurements" : "an objective")}; accepted is a finite distribution, a set of samples for each environment.",
                    "environments");
            }
        }
        else
        {
            Guard.AtLeast(source.MeasurementSets, count, "source.MeasurementSets");
            EnvironmentCheck.Weights(data.Environments, "environments");
        }

        if (objective is not null && source.Space.IsFactored)
        {
            throw new ArgumentException(
                $"'{nameof(objective)}' is {objective.GetType().Name}, which needs the gradient of each environment, with {source.GetType().Name}, which gives it applied to a panel alone; "
                + "accepted is none, or a source of coordinates.",
                nameof(objective));
        }

        _gradients = objective is null ? null : new EnvironmentGradients<T>(data, options);
        _gradients?.Check(objective!.Needs);
        _isPopulation = _gradients is null && (source.IsPopulation || data.Environments.Count is null);
        _sigma = new double[data.Environments.Rank * data.Environments.Rank];
        _residual = data.IsMeasured ? [] : new T[source.SvecLength];
    }

    /// <inheritdoc/>
    public override string Algorithm => "PooledGD";

    /// <inheritdoc/>
    public override TrainingOptions Options => _options;

    /// <inheritdoc/>
    public override SignalModel<T>? Signals => _data.Signals;

    /// <inheritdoc/>
    public override EnvironmentDistribution Environments => _data.Environments;

    /// <inheritdoc/>
    public override bool HasPopulationGradient => _data.HasPopulationGradient && _objective is null;

    internal override bool HasResidualMean => _data.HasResidualMean && _objective is null;

    internal override bool HasSigma => Signals is not null && _objective is null;

    internal override bool HasResponseMean => _data.Source.HasSamples && _objective is null && !_isPopulation;

    internal override double ResponseMean => _data.Predictions?.ResponseMean ?? double.NaN;

    internal override bool NeedsFactor => _objective?.Needs.HasFlag(ObjectiveNeeds.Factor) ?? false;

    /// <inheritdoc/>
    public override long SamplesLeftOut => _data.Predictions?.LeftOut ?? 0;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> PopulationSigma => HasSigma ? _data.MeanSigma : default;

    /// <summary>Returns the bytes that such a batch without an objective needs, its source and signals left out, before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes)
        => BatchData<T>.BytesOf(in sizes) + RunSizes.Bytes<T>(sizes.InvariantRank > 0 ? sizes.SvecLength : 0);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes)
    {
        // A draw is asked about the residual and a second matrix in one call, an operator about one after the other.
        RunSizes own = _data.Source.IsOperator ? sizes : sizes with { Matrices = _objective?.MatricesOfDraw ?? 1 };
        return RequiredBytes(in own) + _data.BytesOfParts(in own) + (_isPopulation ? _data.BytesOfMean(in own) : 0)
            + (_gradients?.Bytes ?? 0) + (_objective?.BufferBytes(in own) ?? 0);
    }

    /// <inheritdoc/>
    public override void ComputeGradient(in BatchStep<T> step)
    {
        using ExclusiveUse.Scope use = Enter(in step);
        _data.Begin(in step);
        if (HasPopulationGradient)
        {
            _data.WriteMean(_data.MeanSigma, in step);
        }

        if (_isPopulation)
        {
            _data.AddMean(_data.MeanSigma, in step);
            return;
        }

        _gradients?.Begin(step.Product);
        for (int e = 0; e < Environments.Count; e++)
        {
            step.Cancellation.ThrowIfCancellationRequested();
            Environments.CopyMatrix(e, _sigma);
            SampleGroup<T> group = Group(step.Step, e, _gradients is null ? Environments.GetProbability(e) : 1);
            BatchStep<T> part = _gradients is null ? step : step with { Gradient = _gradients.Add(e, in group) };
            _data.Add(in group, _sigma, _residual, in part);
        }

        _objective?.Combine(_gradients!, step.Gradient, step.Cancellation);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _data.DescribeSizes(description, _options);
        _objective?.Describe(description);
        _data.Describe(description, _options);
    }

    private SampleGroup<T> Group(int step, int environment, double weight)
    {
        bool takesAll = _options.Samples == TrainingOptions.AllRows;
        long count = _data.SamplesOf(environment, _options.Samples);
        return new SampleGroup<T>
        {
            Step = step,
            Group = environment,
            MeasurementSet = environment,
            Count = count,
            BatchSize = _options.Samples,
            RowsBefore = _data.IsMeasured && !takesAll ? step * count : 0,
            Scale = weight / count,
            NoiseDeviation = _options.NoiseDeviation,
            LabelNoise = _options.LabelNoise,
            KeepsNoise = _data.Source.IsReused,
            NoiseSubstream = environment,
            Predictions = _data.Predictions,
        };
    }
}
