using System.Numerics;
using Hetero.Core.Environments;
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
internal sealed class SpreadSamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Stratified directions order their strata by such substreams; independent draws have no strata.
    private const int PositionsSubstream = 1;

    private readonly BatchData<T> _data;
    private readonly TrainingOptions _options;
    private readonly long _first;
    private readonly long _samples;
    private readonly long[] _counts = [];
    private readonly ScalarEnvironments? _scalar;
    private readonly double[] _sigma;
    private readonly double[] _label = [];
    private readonly T[] _residual;
    private readonly ResidualMixture<T>? _mixture;
    private readonly int[] _order = [];
    private readonly int[]? _positions;
    private int _positionsStep = -1;

    /// <summary>Makes room for the samples.</summary>
    /// <param name="data">What is measured.</param>
    /// <param name="options">The options; the batch's m is the weight of a sample.</param>
    /// <param name="first">The number of samples before these in the batch; they are one group, if any.</param>
    /// <param name="option">The option that the number of samples depends on, for messages.</param>
    public SpreadSamples(BatchData<T> data, TrainingOptions options, long first, string option)
    {
        (EnvironmentDistribution environments, MeasurementSource<T> source) = (data.Environments, data.Source);
        (_data, _options, _first) = (data, options, first);
        _samples = options.Samples - first;
        _sigma = new double[environments.Rank * environments.Rank];
        _residual = data.IsMeasured ? [] : new T[source.SvecLength];
        bool stratified = options.PooledSampling == PooledSampling.Stratified;
        if (source.HasWholeSetsAlone)
        {
            throw new ArgumentException(
                $"'{nameof(source)}' is {source.GetType().Name}, which knows no single samples to be pooled; accepted is HeteroSGD without a pooled share, PooledGD, or another source.",
                nameof(source));
        }

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
        _scalar = keepsNoise || environments.Count <= PooledShare.MaxScalarGroups ? null : environments as ScalarEnvironments;
        bool isMixture = _scalar is not null || environments.Count is null;

        // A batch of nothing but samples that draw for themselves is in no order as it is. Data of one's own are sets of their own.
        if (source.IsReused && !data.IsMeasured && !stratified && (!isMixture || first > 0))
        {
            Guard.InRange(options.Samples, 1, Array.MaxLength, "options.Samples");
            _positions = new int[options.Samples];
        }

        if (isMixture)
        {
            int directions = _scalar?.Scalars ?? ContinuousAssignment.DirectionsOf(environments.Rank);
            Guard.InRange(_samples, 1, Array.MaxLength / directions, "options.Samples");
            if (_scalar is null)
            {
                CheckLaw(environments, stratified);
                _label = new double[environments.LabelLength];
            }

            if (!source.TakesMixtures)
            {
                throw new ArgumentException(
                    $"'{nameof(source)}' is {source.GetType().Name}, which measures one residual at a time; accepted are {nameof(RowMeasurements<>)} and "
                    + "the sources of this library where every pooled sample has an environment of its own.",
                    nameof(source));
            }

            _mixture = CreateMixture(directions);
            _order = _scalar is null ? [] : new int[_samples];
            return;
        }

        Guard.InRange(environments.Count!.Value, 1, PooledShare.MaxEnvironments, "environments.Count");
        _counts = new long[environments.Count.Value];
        if (stratified)
        {
            Guard.InRange(_samples, 1, ExactCounts.Most, option);
            EnvironmentShares.Stratify(environments, _samples, _counts);
            CheckRows(option);
        }
        else
        {
            Guard.InRange(_samples, 1, ExactCounts.MostDrawn, option);
            EnvironmentCheck.Weights(environments, nameof(environments));
        }
    }

    /// <summary>The bytes of residual, positions, directions and coefficients.</summary>
    public static Int128 BytesOf(in RunSizes sizes)
        => sizes.PooledSamples == 0 ? 0
            : RunSizes.Bytes<T>(sizes.InvariantRank > 0 ? sizes.SvecLength + (sizes.Directions * LengthOfDirection(in sizes)) : 0)
                + RunSizes.Bytes<double>((Int128)sizes.Directions * sizes.PooledSamples)
                + RunSizes.Bytes<int>((sizes.Gathers ? (Int128)sizes.Samples : 0) + (sizes.Directions > 0 ? sizes.PooledSamples : 0));

    private static Int128 LengthOfDirection(in RunSizes sizes) => sizes.IsFactored ? (Int128)sizes.SpuriousRank * sizes.SpuriousRank : sizes.SvecLength;

    /// <summary>The sizes of a run that has these samples.</summary>
    public RunSizes Refine(in RunSizes sizes)
        => sizes with { PooledSamples = _samples, Directions = _mixture?.Count ?? 0, Gathers = _positions is not null };

    /// <summary>Adds what the samples contribute to the gradient of a step.</summary>
    /// <param name="step">The step, whose iterate the data have.</param>
    /// <param name="taken">Counts the rows of data of one's own; null for others.</param>
    public void Add(in BatchStep<T> step, RowsTaken? taken)
    {
        if (_mixture is not null)
        {
            AddMixture(in step);
        }
        else
        {
            AddGroups(in step, taken);
        }
    }

    /// <summary>Adds the numbers of samples of all steps before one to those of each environment of a list. Stratified shares are the same in every step.</summary>
    public void CountBefore(int step, Span<long> counts, CancellationToken cancellation)
    {
        bool drawn = _options.PooledSampling == PooledSampling.Independent;
        for (int before = 0; before < (drawn ? step : 1); before++)
        {
            cancellation.ThrowIfCancellationRequested();
            DrawCounts(before);
            for (int e = 0; e < _counts.Length; e++)
            {
                counts[e] += drawn ? _counts[e] : step * _counts[e];
            }
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

    /// <summary>Of data of one's own a step takes a row of each environment at least, and no more than it has: each once at most, but for shuffled batches that straddle two epochs.</summary>
    private void CheckRows(string option)
    {
        for (int e = 0; e < _counts.Length; e++)
        {
            if (_data.IsMeasured && _counts[e] == 0)
            {
                double share = _data.Environments.GetProbability(e) * _samples;
                throw new ArgumentOutOfRangeException(
                    option,
                    FormattableString.Invariant($"'{option}' leaves {_samples} samples to be pooled, of which environment {e} would get {share:G3}, which is none in any step; ")
                    + $"accepted are enough for one of each environment, or {nameof(PooledSampling)}.{nameof(PooledSampling.Independent)}.");
            }

            if (_data.RowsOf(e) is { } rows && _first + _counts[e] > rows)
            {
                throw new ArgumentOutOfRangeException(
                    option,
                    $"'{option}' makes a step take {_first + _counts[e]} rows of environment {e}; accepted is at most the {rows} that it has, unless rows are drawn with replacement.");
            }
        }
    }

    private void CheckLaw(EnvironmentDistribution environments, bool stratified)
    {
        if (stratified)
        {
            throw new ArgumentException(
                $"'options.PooledSampling' is {PooledSampling.Stratified}; accepted for a continuous distribution of a form that is not known is {PooledSampling.Independent}.",
                "options.PooledSampling");
        }

        Guard.InRange(_samples, 1, ContinuousAssignment.MaxSamples, "options.Samples");
    }

    private ResidualMixture<T> CreateMixture(int count)
    {
        int length = _data.DirectionLength, rank = _data.Environments.Rank;

        // A draw makes a basis of the directions and the residual.
        Guard.ArrayLength(count + 1, length, "environments.Scalars");
        T[] directions = new T[count * length];
        double[] sigma = new double[rank * rank], unit = new double[count];
        for (int direction = 0; direction < count; direction++)
        {
            if (_scalar is null)
            {
                ContinuousAssignment.CopyDirection(rank, direction, sigma);
            }
            else
            {
                Array.Clear(unit);
                unit[direction] = 1;
                _scalar.Compose(unit, sigma);
            }

            _data.WriteDirection(sigma, directions.AsSpan(direction * length, length));
        }

        return new ResidualMixture<T>(directions, count, (int)_samples);
    }

    private RandomStream AssignmentOf(int step) => new(_options.Seed, StreamPurpose.Assignment, step);

    private void AddMixture(in BatchStep<T> step)
    {
        if (_scalar is null)
        {
            ContinuousAssignment.Fill(_data.Environments, (int)_samples, AssignmentOf(step.Step), _mixture!.Coefficients, _sigma, _label);
        }
        else
        {
            ScalarAssignment.Fill(_scalar, _options.PooledSampling, (int)_samples, AssignmentOf(step.Step), _mixture!.Coefficients, _order);
        }

        SampleGroup<T> group = new()
        {
            Step = step.Step,
            Group = FirstGroup,
            FirstSample = _first,
            Count = _samples,
            BatchSize = _options.Samples,
            Positions = PositionsAt(step.Step),
            Predictions = _data.Predictions,
            Scale = 1.0 / _options.Samples,
            NoiseDeviation = _options.NoiseDeviation,
            LabelNoise = _options.LabelNoise,
            Mixture = _mixture,
        };
        _data.AddMixture(in group, in step);
    }

    private void DrawCounts(int step)
    {
        if (_options.PooledSampling == PooledSampling.Independent)
        {
            EnvironmentShares.Draw(_data.Environments, _samples, AssignmentOf(step), _counts);
        }
    }

    private void AddGroups(in BatchStep<T> step, RowsTaken? taken)
    {
        DrawCounts(step.Step);
        long first = _first;
        for (int e = 0; e < _counts.Length; e++)
        {
            step.Cancellation.ThrowIfCancellationRequested();
            SampleGroup<T> group = new()
            {
                Step = step.Step,
                Group = FirstGroup + e,
                MeasurementSet = _data.IsMeasured ? e : 0,
                FirstSample = _data.IsMeasured ? 0 : first,
                Count = _counts[e],
                BatchSize = _options.Samples,
                RowsBefore = taken?.Take(e, _counts[e]) ?? 0,
                Positions = PositionsAt(step.Step),
                Predictions = _data.Predictions,
                Scale = 1.0 / _options.Samples,
                NoiseDeviation = _options.NoiseDeviation,
                LabelNoise = _options.LabelNoise,
                KeepsNoise = _data.Source.IsReused,
                NoiseSubstream = e,
            };
            first += _counts[e];
            _data.Environments.CopyMatrix(e, _sigma);
            _data.Add(in group, _sigma, _residual, in step);
        }
    }

    /// <summary>Groups name random streams, so these start after that of the samples before.</summary>
    private int FirstGroup => _first > 0 ? 1 : 0;
}
