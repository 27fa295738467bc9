using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The samples of a batch that are spread over all environments, by exact shares or by independent draws: all of PooledSGD's, a part of
/// HeteroSGD's with a pooled share. They come after the batch's other samples.
/// </summary>
/// <remarks>
/// Samples of one environment have consecutive positions in the batch. If the samples are drawn, positions do not matter; stored samples stand at
/// positions of their own, which stratified sampling lets be: the position then decides the environment. Independent draws are made for each sample
/// and step, so with stored samples all positions of the batch are permuted at every step. Not thread-safe: owns counts, coefficients and a
/// residual. Adding allocates nothing.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PooledBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // One exact-law term for each environment costs O(d²); beyond this many, one coefficient for each sample is cheaper.
    private const int MaxScalarGroups = 16;

    // A group for each environment of a list, or with stored and noisy responses of scalar environments.
    private const int MaxGroups = 1 << 20;

    // Stratified directions order their strata by such substreams; independent draws have no strata.
    private const int PositionsSubstream = 1;

    private readonly EnvironmentDistribution _environments;
    private readonly MeasurementSource<T> _source;
    private readonly TrainingOptions _options;
    private readonly SignalModel<T> _signals;
    private readonly long _first;
    private readonly long _samples;
    private readonly long[] _counts = [];
    private readonly double[] _sigma;
    private readonly T[] _residual;
    private readonly ResidualMixture<T>? _mixture;
    private readonly int[] _order = [];
    private readonly int[]? _positions;
    private int _positionsStep = -1;

    /// <summary>Makes room for the samples.</summary>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="source">The measurements.</param>
    /// <param name="options">The options; the batch's m is the weight of a sample.</param>
    /// <param name="signals">The signals.</param>
    /// <param name="first">The number of samples before these in the batch; they are one group, if any.</param>
    /// <param name="option">The option that the number of samples depends on, for messages.</param>
    public PooledBatch(
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        SignalModel<T> signals,
        long first,
        string option)
    {
        (_environments, _source, _options, _signals, _first) = (environments, source, options, signals, first);
        _samples = options.Samples - first;
        _sigma = new double[environments.Rank * environments.Rank];
        _residual = new T[source.SvecLength];
        bool stratified = options.PooledSampling == PooledSampling.Stratified;
        if (stratified && environments.Count is { } count && _samples < count)
        {
            throw new ArgumentOutOfRangeException(
                option,
                _samples,
                $"'{option}' leaves {_samples} samples to be pooled; "
                + $"accepted with stratified sampling is at least the number of environments, {count}.");
        }

        // Stored responses keep their noise, which is named by environment and sample: then every environment is a group, however many there are.
        bool keepsNoise = source.IsReused && options.NoiseDeviation > 0 && environments.Count is not null;
        ScalarEnvironments? scalar = keepsNoise || environments.Count <= MaxScalarGroups ? null : environments as ScalarEnvironments;

        // A batch of nothing but samples that draw for themselves is in no order as it is.
        if (source.IsReused && !stratified && (scalar is null || first > 0))
        {
            Guard.InRange(options.Samples, 1, Array.MaxLength, "options.Samples");
            _positions = new int[options.Samples];
        }

        if (scalar is not null)
        {
            Guard.InRange(_samples, 1, Array.MaxLength / scalar.Scalars, "options.Samples");
            _mixture = CreateMixture(signals, scalar, (int)_samples);
            _order = new int[_samples];
            return;
        }

        Guard.InRange(environments.Count!.Value, 1, MaxGroups, "environments.Count");
        _counts = new long[environments.Count.Value];
        if (stratified)
        {
            EnvironmentShares.Stratify(environments, _samples, _counts);
        }
        else
        {
            Guard.InRange(_samples, 1, EnvironmentShares.MaxDrawn, option);
        }
    }

    /// <summary>Adds what the samples contribute to the gradient of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="common">svec(UUᵀ − A*), what all environments' residuals have in common.</param>
    /// <param name="gradient">Added to.</param>
    /// <param name="cancellation">Gives the gradient up.</param>
    public void Add(int step, ReadOnlySpan<T> common, Span<T> gradient, CancellationToken cancellation)
    {
        RandomStream assignment = new(_options.Seed, StreamPurpose.Assignment, step);
        if (_mixture is not null)
        {
            AddMixture(step, assignment, common, gradient, cancellation);
        }
        else
        {
            AddGroups(step, assignment, common, gradient, cancellation);
        }
    }

    /// <summary>Returns the order in which a step's samples take the positions of the batch, all of it; null if they keep their places.</summary>
    public int[]? PositionsAt(int step)
    {
        if (_positions is not null && _positionsStep != step)
        {
            Permutation.Fill(_positions, new RandomStream(_options.Seed, StreamPurpose.Assignment, step, PositionsSubstream));
            _positionsStep = step;
        }

        return _positions;
    }

    private static ResidualMixture<T> CreateMixture(SignalModel<T> signals, ScalarEnvironments environments, int samples)
    {
        int length = signals.Signal.Length;

        // A draw makes a basis of the directions and the residual.
        Guard.ArrayLength(environments.Scalars + 1, length, "environments.Scalars");
        T[] directions = new T[environments.Scalars * length];
        double[] sigma = new double[environments.Rank * environments.Rank], unit = new double[environments.Scalars];
        for (int scalar = 0; scalar < environments.Scalars; scalar++)
        {
            Array.Clear(unit);
            unit[scalar] = 1;
            environments.Compose(unit, sigma);
            signals.AddSpurious(sigma, T.One, directions.AsSpan(scalar * length, length));
        }

        return new ResidualMixture<T>(directions, environments.Scalars, samples);
    }

    private void AddMixture(int step, RandomStream assignment, ReadOnlySpan<T> common, Span<T> gradient, CancellationToken cancellation)
    {
        ScalarAssignment.Fill(
            (ScalarEnvironments)_environments, _options.PooledSampling, (int)_samples, assignment, _mixture!.Coefficients, _order);
        SampleGroup<T> group = new()
        {
            Step = step,
            Group = FirstGroup,
            FirstSample = _first,
            Count = _samples,
            BatchSize = _options.Samples,
            Positions = PositionsAt(step),
            Scale = 1.0 / _options.Samples,
            NoiseDeviation = _options.NoiseDeviation,
            NoiseStep = step,
            Mixture = _mixture,
        };
        _source.Accumulate(in group, common, gradient, cancellation);
    }

    private void AddGroups(int step, RandomStream assignment, ReadOnlySpan<T> common, Span<T> gradient, CancellationToken cancellation)
    {
        if (_options.PooledSampling == PooledSampling.Independent)
        {
            EnvironmentShares.Draw(_environments, _samples, assignment, _counts);
        }

        long first = _first;
        for (int e = 0; e < _counts.Length; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            _environments.CopyMatrix(e, _sigma);
            common.CopyTo(_residual);
            _signals.AddSpurious(_sigma, -T.One, _residual, cancellation);
            SampleGroup<T> group = new()
            {
                Step = step,
                Group = FirstGroup + e,
                FirstSample = first,
                Count = _counts[e],
                BatchSize = _options.Samples,
                Positions = PositionsAt(step),
                Scale = 1.0 / _options.Samples,
                NoiseDeviation = _options.NoiseDeviation,
                NoiseStep = _source.IsReused ? 0 : step,
                NoiseSubstream = e,
            };
            _source.Accumulate(in group, _residual, gradient, cancellation);
            first += _counts[e];
        }
    }

    /// <summary>Groups name random streams, so these start after that of the samples before.</summary>
    private int FirstGroup => _first > 0 ? 1 : 0;
}
