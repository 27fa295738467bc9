using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Explicit measurements kept in memory as rows of svec(X_i) and used by every step: fixed data, of n rows in each set. An operator; one pass over
/// m·p numbers a step.
/// </summary>
/// <remarks>
/// <para>A batch of m = n samples takes all rows in their order, unless rows are drawn with replacement. One of fewer is a mini-batch:
/// <see cref="RowOrder"/> says which rows it takes, by default the next m of an order that is shuffled for each epoch; each set has its own. The rows of a step depend on the seed, the set and the
/// step alone.</para>
/// <para>The noise of a row and an environment of a finite distribution stays the same whenever the row comes, at any position of a batch. Which
/// environment a row of a pooled batch gets is said with <c>PooledSampling</c>. Responses of a continuous distribution are drawn anew at every
/// step, and their noise with them.</para>
/// <para>Rows lie p̃ numbers apart (<see cref="RequiredBytes"/>), in arrays of at most 2²⁷ elements or one row, so the total may exceed what one
/// array holds. Mini-batches that are not in turn keep 4 bytes for each of their samples, shuffled ones 4 for each row besides, and copy up to six
/// rows at a time for each thread. Not thread-safe: owns scratch memory.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StoredMeasurements<T> : MeasurementSource<T>, ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkElements = 1 << 27;

    // As many arrays hold a pebibyte, which no machine has: what asks for more is a mistake.
    private const int MaxChunks = 1 << 20;

    // Entries that are filled between two looks at the wish to stop: some milliseconds, and enough parts for a team.
    private const int FillElements = 1 << 24;

    private readonly AlignedArray<T>[] _chunks;
    private readonly int _chunkRows;
    private readonly long _samplesPerSet;
    private readonly ulong _seed;
    private readonly SampleAccumulator<T> _accumulator;
    private readonly RowSequence _sequence;

    /// <summary>Draws the measurements: the same numbers as step 0 of <see cref="RegeneratedMeasurements{T}"/>.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="samples">The number n of samples in a set, 1 or more.</param>
    /// <param name="seed">The seed of the measurements, their noise and the order of the rows.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="sets">The number of sets: 1, or one for each environment.</param>
    /// <param name="order">Which samples a batch takes.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public StoredMeasurements(
        int dimension,
        long samples,
        ulong seed,
        WorkerTeam? team = null,
        int sets = 1,
        RowOrder order = RowOrder.Shuffled,
        CancellationToken cancellation = default)
        : this(dimension, samples, sets, seed, team, ChunkElements, order, cancellation)
    {
    }

    /// <summary>Draws the measurements into arrays of a given size: small ones are for tests.</summary>
    internal StoredMeasurements(
        int dimension,
        long samples,
        int sets,
        ulong seed,
        WorkerTeam? team,
        int chunkElements,
        RowOrder order = RowOrder.Shuffled,
        CancellationToken cancellation = default)
        : base(dimension)
    {
        _seed = seed;
        (_chunks, _chunkRows, _samplesPerSet, MeasurementSets, _accumulator) = Allocate(samples, sets, seed, team, chunkElements);
        _sequence = new RowSequence(order, samples, sets, seed);
        for (int set = 0; set < sets; set++)
        {
            RandomStream stream = new(seed, StreamPurpose.Measurements, 0, set);
            for (long sample = 0; sample < samples;)
            {
                cancellation.ThrowIfCancellationRequested();
                int rows = (int)Math.Min(samples - sample, Math.Max(1, FillElements / _accumulator.RowStride));
                Span<T> memory = Rows((set * samples) + sample, ref rows);
                stream.FillGaussian(sample * _accumulator.RowStride, memory, team);
                sample += rows;
            }
        }
    }

    /// <summary>Copies measurements that the caller brings.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="svecRows">
    /// svec(X_1), svec(X_2), …, one after another, p finite numbers each: the n samples of the first set, then those of the second, …: all sets
    /// have as many.
    /// </param>
    /// <param name="seed">The seed of the noise and of the order of the rows.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="sets">The number of sets: 1, or one for each environment, in the order of the environments.</param>
    /// <param name="order">Which samples a batch takes.</param>
    /// <exception cref="ArgumentException">The length is not a positive multiple of sets·p, a number is not finite, or an argument is out of
    /// range.</exception>
    public StoredMeasurements(
        int dimension, ReadOnlySpan<T> svecRows, ulong seed, WorkerTeam? team = null, int sets = 1, RowOrder order = RowOrder.Shuffled)
        : base(dimension)
    {
        _seed = seed;
        long samples = CountRows(dimension, svecRows, sets);
        (_chunks, _chunkRows, _samplesPerSet, MeasurementSets, _accumulator) = Allocate(samples, sets, seed, team, ChunkElements);
        _sequence = new RowSequence(order, samples, sets, seed);
        for (int sample = 0; sample < svecRows.Length / SvecLength; sample++)
        {
            int rows = 1;
            svecRows.Slice(sample * SvecLength, SvecLength).CopyTo(Rows(sample, ref rows));
        }
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    internal override bool TakesMixtures => true;

    /// <inheritdoc/>
    public override bool IsReused => true;

    /// <inheritdoc/>
    public override int MeasurementSets { get; }

    /// <summary>Gets the number of samples in a set.</summary>
    public long SamplesPerSet => _samplesPerSet;

    /// <summary>Gets which samples a batch takes.</summary>
    public RowOrder RowOrder => _sequence.Order;

    bool ISampleRows<T>.NeedsPanel(in SampleGroup<T> group) => _sequence.IsListed || group.Positions is not null;

    /// <summary>Returns the memory that m samples take, in bytes.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="samples">The number of samples in all sets together, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Int128 RequiredBytes(int dimension, long samples)
    {
        Guard.InRange(dimension, 1, Svec.MaxDimension);
        Guard.AtLeast(samples, 0);
        return (Int128)samples * SampleAccumulator<T>.RowStrideOf(Svec.Length(dimension)) * Unsafe.SizeOf<T>();
    }

    /// <summary>Writes svec(X_i) of one sample.</summary>
    /// <param name="sample">The index of the sample, counted over all sets.</param>
    /// <param name="destination">Receives p numbers.</param>
    /// <exception cref="ArgumentException">The length is not p.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopySample(long sample, Span<T> destination)
    {
        Guard.InRange(sample, 0, (_samplesPerSet * MeasurementSets) - 1);
        Guard.Length(destination.Length, SvecLength, nameof(destination));
        int rows = 1;
        Rows(sample, ref rows)[..SvecLength].CopyTo(destination);
    }

    ReadOnlySpan<T> ISampleRows<T>.Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel)
    {
        long start = group.MeasurementSet * _samplesPerSet;
        if (panel.IsEmpty)
        {
            long row = _sequence.Follow(first);
            rows = (int)Math.Min(rows, _samplesPerSet - row);
            return Rows(start + row, ref rows);
        }

        for (int i = 0; i < rows; i++)
        {
            int one = 1;
            Rows(start + RowOf(in group, first + i), ref one)[..SvecLength].CopyTo(panel[(i * _accumulator.RowStride)..]);
        }

        return panel[..(rows * _accumulator.RowStride)];
    }

    long ISampleRows<T>.NoiseEntry(in SampleGroup<T> group, long sample) => group.Mixture is null ? RowOf(in group, sample) : sample;

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples) => _sequence.Refusal(samples) ?? base.RefuseBatch(samples);

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "stored");
        description.Add("seed", _seed);
        description.Add("samples", _samplesPerSet);
        description.Add("sets", MeasurementSets);
        if (_sequence.ChoosesRows(batchSize))
        {
            description.Add("rowOrder", RowOrder);
        }

        Fingerprint fingerprint = default;
        for (long sample = 0; sample < _samplesPerSet * MeasurementSets; sample++)
        {
            int rows = 1;
            fingerprint.Add<T>(Rows(sample, ref rows)[..SvecLength]);
        }

        description.Add("rows", fingerprint);
    }

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        if (group.BatchSize > 0)
        {
            Guard.Accepted(group.BatchSize, RefuseBatch(group.BatchSize), "group.BatchSize");
            _sequence.Select(group.Step, group.MeasurementSet, group.BatchSize);
        }
        else if (group.Count <= _samplesPerSet - group.FirstSample)
        {
            _sequence.SelectAll();
        }
        else
        {
            throw new ArgumentException(
                $"'group' names samples {group.FirstSample} to {group.FirstSample + group.Count - 1}; stored are samples 0 to {_samplesPerSet - 1}.",
                nameof(group));
        }

        _accumulator.Cancellation = cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }

    private (AlignedArray<T>[] Chunks, int ChunkRows, long SamplesPerSet, int Sets, SampleAccumulator<T> Accumulator) Allocate(
        long samples, int sets, ulong seed, WorkerTeam? team, int chunkElements)
    {
        Guard.InRange(sets, 1, RandomStream.MaxSubstream + 1);
        SampleAccumulator<T> accumulator = new(this, SvecLength, seed, team);
        int chunkRows = Math.Max(1, chunkElements / accumulator.RowStride);
        Guard.InRange(samples, 1, (long)MaxChunks * chunkRows / sets);
        long total = samples * sets;
        AlignedArray<T>[] chunks = new AlignedArray<T>[(int)((total + chunkRows - 1) / chunkRows)];
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            long rows = Math.Min(chunkRows, total - ((long)chunk * chunkRows));
            chunks[chunk] = new AlignedArray<T>(checked((int)(rows * accumulator.RowStride)));
        }

        return (chunks, chunkRows, samples, sets, accumulator);
    }

    private static long CountRows(int dimension, ReadOnlySpan<T> svecRows, int sets)
    {
        Guard.InRange(dimension, 1, Svec.MaxDimension);
        Guard.InRange(sets, 1, RandomStream.MaxSubstream + 1);
        long length = (long)sets * Svec.Length(dimension);
        if (svecRows.IsEmpty || svecRows.Length % length != 0)
        {
            string factors = sets == 1 ? "p" : "sets·p";
            throw new ArgumentException(
                $"'{nameof(svecRows)}' has {svecRows.Length} elements; accepted is a positive multiple of {factors} = {length}.", nameof(svecRows));
        }

        Guard.AllFinite(svecRows, nameof(svecRows));
        return svecRows.Length / length;
    }

    private long RowOf(in SampleGroup<T> group, long position) => _sequence.At(group.Positions is { } positions ? positions[position] : position);

    /// <summary>The memory of consecutive samples; fewer than wanted where a chunk ends.</summary>
    private Span<T> Rows(long first, scoped ref int rows)
    {
        (long chunk, long row) = Math.DivRem(first, _chunkRows);
        AlignedArray<T> memory = _chunks[chunk];
        int stride = _accumulator.RowStride;
        rows = (int)Math.Min(rows, (memory.Length / stride) - row);
        return memory.Span.Slice((int)row * stride, rows * stride);
    }
}
