using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Statistics;

namespace Hetero.Core.Sensing;

/// <summary>
/// Data of one's own: measurements X_i^(e) with responses y_i^(e) from environments e = 0, 1, …. Nothing is assumed of where the responses come from; what they stand for is
/// y ≈ ⟨X, A* + A^(e)⟩, with X = xxᵀ for <see cref="MeasurementLayout.RankOne"/>, or y ≈ ⟨x, w⟩ for
/// <see cref="MeasurementLayout.Vector"/>. As an operator on the first matrix M it gives Σ (⟨X_i, M⟩ − y_i)X_i, on others Σ ⟨X_i, M_j⟩X_i.
/// </summary>
/// <remarks>
/// <para>The measurement set of a group is the environment. Batches of training take the next rows of an environment's sequence whenever its turn comes: by default shuffled
/// for each epoch, so that an environment's n rows are all seen within n/m of its own visits (<see cref="RowOrder"/>). A group without a batch size names the rows themselves.</para>
/// <para>Memory in svec layout is read where it is, for as long as the data are used: do not change it meanwhile. Numbers of a size with which sums leave the
/// range of the precision end a run as diverged.
/// Not thread-safe: owns scratch memory, and 4 bytes for each row where rows are shuffled.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MeasuredData<T> : MeasurementSource<T>, ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So many environments have entries of their own in a description; the others share one.
    private const int Described = 64;

    private readonly EnvironmentRows<T>[] _environments;
    private readonly double[] _probabilities;
    private readonly RowSequence[] _sequences;
    private readonly RowList _list = new();
    private readonly int _largest;

    // The numbers of a measurement where it is: p, or d of an input.
    private readonly int _rowLength;

    // One of the two: sums of rows, or of the matrices that inputs make.
    private readonly SampleAccumulator<T>? _accumulator;
    private readonly RankOneAccumulator<T>? _rankOne;
    private readonly bool _takesTogether;
    private readonly ulong _seed;
    private bool _hasPermutations;

    /// <summary>Takes the data.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535; of vectors as large as an array, of inputs <see cref="RankOneMeasurements{T}.MaxDimension"/> at most.</param>
    /// <param name="environments">The data of each environment: one at least, with a sample each at least, all numbers finite.</param>
    /// <param name="layout">How the measurements stand in memory.</param>
    /// <param name="probabilities">The probabilities π_e, or the weights of pooling, above 0 with a sum of 1 within 1e-9; empty means equal ones.</param>
    /// <param name="order">Which rows a batch takes.</param>
    /// <param name="seed">The seed of the order of the rows.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">There is no environment, one has no sample, lengths do not fit each other, or a number is not accepted; the message names
    /// it.</exception>
    public MeasuredData(
        int dimension,
        IReadOnlyList<EnvironmentSamples<T>> environments,
        MeasurementLayout layout = MeasurementLayout.Svec,
        ReadOnlySpan<double> probabilities = default,
        RowOrder order = RowOrder.Shuffled,
        ulong seed = 0,
        WorkerTeam? team = null)
        : base(SpaceOf(dimension, layout))
    {
        ArgumentNullException.ThrowIfNull(environments);
        Guard.Defined(layout);
        Guard.Defined(order);
        Guard.InRange(environments.Count, 1, RandomStream.MaxSubstream + 1, "environments.Count");
        _seed = seed;
        RowOrder = order;
        _rowLength = layout == MeasurementLayout.RankOne ? dimension : SvecLength;
        _environments = new EnvironmentRows<T>[environments.Count];
        _sequences = new RowSequence[environments.Count];
        for (int e = 0; e < environments.Count; e++)
        {
            _environments[e] = new EnvironmentRows<T>(environments[e], layout, dimension, _rowLength, $"environments[{e}]");

            // With replacement it is the group that names a stream: two groups of one environment in one step draw rows of their own.
            int stream = order == RowOrder.WithReplacement ? 0 : e;
            _sequences[e] = new RowSequence(order, _environments[e].Count, sets: 1, seed, firstSet: stream, _list);
            _largest = Math.Max(_largest, _environments[e].Count);
            _takesTogether |= _environments[e].IsScattered;
        }

        _probabilities = Probabilities.Checked(probabilities, environments.Count, nameof(probabilities));
        if (layout == MeasurementLayout.RankOne)
        {
            _rankOne = new RankOneAccumulator<T>(this, dimension, seed, team);
        }
        else
        {
            _accumulator = new SampleAccumulator<T>(this, SvecLength, seed, team, SvecLength, SampleAccumulator<T>.LeastRowsOf(Space));
        }
    }

    /// <summary>Gets the number of environments.</summary>
    public override int MeasurementSets => _environments.Length;

    /// <inheritdoc/>
    public override bool IsOperator => true;

    internal override bool HasSamples => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    /// <inheritdoc/>
    /// <remarks>The rows themselves are the caller's, but for square ones, which are copied.</remarks>
    public override Int128 BufferBytes(in RunSizes sizes)
    {
        // Shuffled rows have a permutation for each environment, and the list of a batch is one for all.
        bool takesAll = sizes.Samples == 0;
        long batch = takesAll ? _largest : sizes.Samples;
        Int128 bytes = RunSizes.Bytes<T>(_environments.Sum(environment => environment.CopiedNumbers))
            + (_accumulator?.Bytes(batch, sizes.Degree, _takesTogether || (!takesAll && RowOrder != RowOrder.InTurn)) ?? RankOneAccumulator<T>.BytesOf(sizes with { Samples = batch }));
        bytes += takesAll || RowOrder == RowOrder.InTurn ? 0 : (Int128)sizeof(int) * (RowOrder == RowOrder.Shuffled ? Math.Min(sizes.Samples, _largest) : sizes.Samples);
        return bytes + (RowOrder == RowOrder.Shuffled && !takesAll ? sizeof(int) * _environments.Sum(environment => (long)environment.Count) : 0);
    }

    /// <inheritdoc/>
    public override bool IsReused => true;

    /// <summary>Gets which rows a batch takes.</summary>
    public RowOrder RowOrder { get; }

    bool ISampleRows<T>.HasResponses => true;

    /// <summary>Returns the number n of samples of an environment.</summary>
    /// <param name="environment">The index of the environment.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    public int GetSampleCount(int environment)
    {
        Guard.InRange(environment, 0, _environments.Length - 1);
        return _environments[environment].Count;
    }

    /// <summary>Returns the probability π_e of an environment.</summary>
    /// <param name="environment">The index of the environment.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such environment.</exception>
    public double GetProbability(int environment)
    {
        Guard.InRange(environment, 0, _environments.Length - 1);
        return _probabilities[environment];
    }

    /// <summary>
    /// Returns the risk (1/2n) Σ (⟨X_i, M⟩ − y_i)² of a matrix over all samples of an environment. The residuals are computed in the precision of the data,
    /// their squares summed in double: where they leave the range, the risk is not finite.
    /// </summary>
    /// <param name="environment">The index of the environment.</param>
    /// <param name="matrix">svec(M), or the vector.</param>
    /// <exception cref="ArgumentException">There is no such environment, the length is not p, or the matrix is not finite.</exception>
    public double Risk(int environment, ReadOnlySpan<T> matrix)
    {
        Guard.InRange(environment, 0, _environments.Length - 1);
        Guard.Length(matrix.Length, SvecLength, nameof(matrix));
        Guard.AllFinite(matrix, nameof(matrix));
        EnvironmentRows<T> samples = _environments[environment];
        ReadOnlySpan<T> responses = samples.Responses;
        Span<T> products = stackalloc T[RowProducts.Rows];
        double sum = 0;
        for (int first = 0, count; first < responses.Length; first += count)
        {
            count = RowProducts.Rows;
            ReadOnlySpan<T> rows = samples.From(first, ref count);
            Predict(rows, matrix, products[..count]);
            for (int i = 0; i < count; i++)
            {
                double residual = double.CreateTruncating(products[i] - responses[first + i]);
                sum = Math.FusedMultiplyAdd(residual, residual, sum);
            }
        }

        return sum / (2.0 * responses.Length);
    }

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples)
    {
        int fewest = _environments.Min(environment => environment.Count);
        return RowOrder != RowOrder.WithReplacement && samples > fewest
            ? $"at most {fewest}, the samples of the smallest environment, unless rows are drawn with replacement"
            : samples > Array.MaxLength ? $"at most {Array.MaxLength}" : null;
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", Space.IsVector ? "vectors" : _rankOne is null ? "data" : "rank-one data");
        description.Add("seed", _seed);
        description.Add("rowOrder", RowOrder);
        description.Add<double>("probabilities", _probabilities);
        (Fingerprint rows, Fingerprint responses) = Hash(_environments);
        description.Add("rows", rows);
        description.Add("responses", responses);
    }

    /// <summary>Adds what <see cref="Describe"/> says as one hash piece by piece: where data differ, a message then says in what.</summary>
    internal void DescribeParts(PartDescription description)
    {
        description.AddDetail("environments.Count", FormattableString.Invariant($"{_environments.Length}"));
        description.AddDetail("data.rowOrder", RowOrder.ToString());
        description.AddDetail("data.seed", FormattableString.Invariant($"{_seed}"));
        Fingerprint probabilities = default;
        probabilities.Add<double>(_probabilities);
        description.AddDetail("data.probabilities", probabilities);
        for (int e = 0; e < Math.Min(_environments.Length, Described); e++)
        {
            EnvironmentRows<T> environment = _environments[e];
            description.AddDetail($"environments[{e}].Responses.Length", FormattableString.Invariant($"{environment.Count}"));
            AddHashes(description, $"environments[{e}]", [environment]);
        }

        if (_environments.Length > Described)
        {
            AddHashes(description, $"environments[{Described}..]", _environments.AsSpan(Described));
        }
    }

    // Inputs that stand as the caller has them are not those of the pass over matrices xxᵀ, which begin with whole groups of numbers.
    bool ISampleRows<T>.NeedsPanel(in SampleGroup<T> group) => _rankOne is not null || _sequences[group.MeasurementSet].IsListed || _environments[group.MeasurementSet].IsScattered;

    ReadOnlySpan<T> ISampleRows<T>.Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel)
    {
        RowSequence sequence = _sequences[group.MeasurementSet];
        EnvironmentRows<T> all = _environments[group.MeasurementSet];
        if (panel.IsEmpty)
        {
            return all.From((int)sequence.Follow(first), ref rows);
        }

        int stride = _rankOne?.InputStride ?? _rowLength;
        for (int i = 0; i < rows; i++)
        {
            all.Row((int)sequence.At(first + i)).CopyTo(panel[(i * stride)..]);
        }

        return panel[..(rows * stride)];
    }

    void ISampleRows<T>.CopyResponses(in SampleGroup<T> group, long first, Span<T> responses)
    {
        ReadOnlySpan<T> all = _environments[group.MeasurementSet].Responses;
        for (int i = 0; i < responses.Length; i++)
        {
            responses[i] = all[(int)_sequences[group.MeasurementSet].At(first + i)];
        }
    }

    long ISampleRows<T>.NoiseEntry(in SampleGroup<T> group, long sample) => sample;

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        Guard.InRange(group.NoiseDeviation, 0.0, 0.0, "group.NoiseDeviation");
        RowSequence sequence = _sequences[group.MeasurementSet];
        if (group.BatchSize > 0)
        {
            Guard.InRange(group.Count, 0, Array.MaxLength, "group.Count");
            Guard.InRange(group.FirstSample, 0, Array.MaxLength - group.Count, "group.FirstSample");
            long positions = group.FirstSample + group.Count;
            if (RowOrder == RowOrder.Shuffled)
            {
                // An epoch is an int.
                Guard.InRange(group.RowsBefore, 0, (int.MaxValue * (long)GetSampleCount(group.MeasurementSet)) - positions, "group.RowsBefore");
            }

            ReserveRows(Math.Max(positions, RowOrder == RowOrder.Shuffled ? Math.Min(group.BatchSize, _largest) : group.BatchSize <= Array.MaxLength ? group.BatchSize : 0));
            sequence.Select(group.RowsBefore, group.Step, RowOrder == RowOrder.WithReplacement ? group.Group : 0, positions);
        }
        else
        {
            Guard.InRange(group.FirstSample, 0, GetSampleCount(group.MeasurementSet) - group.Count, "group.FirstSample");
            sequence.SelectAll();
        }

        // Another environment may have more rows, and list or gather them where these are taken as they stand.
        bool mayTake = _takesTogether || (group.BatchSize > 0 && RowOrder != RowOrder.InTurn);
        long most = group.BatchSize > 0 ? group.BatchSize : _largest;
        if (_rankOne is { } rankOne)
        {
            rankOne.Reserve(most, count);
            rankOne.Cancellation = cancellation;
            rankOne.Accumulate(in group, matrices, results, count);
            return;
        }

        _accumulator!.Reserve(most, count, mayTake);
        _accumulator.Cancellation = cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }

    private static EstimateSpace SpaceOf(int dimension, MeasurementLayout layout) => layout switch
    {
        MeasurementLayout.Vector => EstimateSpace.Vectors(dimension),
        MeasurementLayout.RankOne => EstimateSpace.Matrices(RankOneMeasurements<T>.CheckedDimension(dimension)),
        _ => EstimateSpace.Matrices(dimension),
    };

    /// <summary>What a matrix predicts for some rows that lie one after another: ⟨X_i, M⟩, or x_iᵀMx_i of inputs.</summary>
    private void Predict(ReadOnlySpan<T> rows, ReadOnlySpan<T> matrix, Span<T> products)
    {
        if (_rankOne is null)
        {
            RowProducts.Compute(rows, _rowLength, matrix, products);
            return;
        }

        T root = T.Sqrt(T.CreateTruncating(2));
        for (int sample = 0; sample < products.Length; sample++)
        {
            ReadOnlySpan<T> input = rows.Slice(sample * _rowLength, _rowLength);
            T sum = T.Zero;
            for (int i = 0, start = 0; i < input.Length; start += ++i)
            {
                T below = root * Reductions.Dot(input[..i], matrix.Slice(start, i));
                sum = T.FusedMultiplyAdd(input[i], T.FusedMultiplyAdd(input[i], matrix[start + i], below), sum);
            }

            products[sample] = sum;
        }
    }

    /// <summary>Makes room for the rows of whichever environment comes next, so that no later step allocates.</summary>
    private void ReserveRows(long rows)
    {
        if (RowOrder != RowOrder.InTurn)
        {
            _list.Reserve(rows);
        }

        if (!_hasPermutations)
        {
            Array.ForEach(_sequences, sequence => sequence.ReservePermutations());
            _hasPermutations = true;
        }
    }

    private static void AddHashes(PartDescription description, string name, ReadOnlySpan<EnvironmentRows<T>> environments)
    {
        (Fingerprint rows, Fingerprint responses) = Hash(environments);
        description.AddDetail($"{name}.Measurements", rows);
        description.AddDetail($"{name}.Responses", responses);
    }

    private static (Fingerprint Rows, Fingerprint Responses) Hash(ReadOnlySpan<EnvironmentRows<T>> environments)
    {
        Fingerprint rows = default, responses = default;
        foreach (EnvironmentRows<T> environment in environments)
        {
            environment.AddTo(ref rows, ref responses);
        }

        return (rows, responses);
    }
}
