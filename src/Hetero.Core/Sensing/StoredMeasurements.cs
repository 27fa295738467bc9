using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Explicit measurements kept in memory as rows of svec(X_i) and used by every step: fixed data. An operator; one pass over m·p numbers a
/// step.
/// </summary>
/// <remarks>
/// Rows lie p̃ numbers apart (<see cref="RequiredBytes"/>), in arrays of at most 2²⁷ elements or one row, so the total may exceed what one array holds.
/// Not thread-safe: owns scratch memory.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StoredMeasurements<T> : MeasurementSource<T>, ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkElements = 1 << 27;

    private readonly AlignedArray<T>[] _chunks;
    private readonly int _chunkRows;
    private readonly long _samplesPerSet;
    private readonly ulong _seed;
    private readonly SampleAccumulator<T> _accumulator;

    /// <summary>Draws the measurements: the same numbers as step 0 of <see cref="RegeneratedMeasurements{T}"/>.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="samples">The number m of samples in a set, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="sets">The number of sets: 1, or one for each environment.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public StoredMeasurements(int dimension, long samples, ulong seed, WorkerTeam? team = null, int sets = 1)
        : this(dimension, samples, sets, seed, team, ChunkElements)
    {
    }

    /// <summary>Draws the measurements into arrays of a given size: small ones are for tests.</summary>
    internal StoredMeasurements(int dimension, long samples, int sets, ulong seed, WorkerTeam? team, int chunkElements)
        : base(dimension)
    {
        _seed = seed;
        (_chunks, _chunkRows, _samplesPerSet, MeasurementSets, _accumulator) = Allocate(samples, sets, seed, team, chunkElements);
        for (int set = 0; set < sets; set++)
        {
            RandomStream stream = new(seed, StreamPurpose.Measurements, 0, set);
            for (long sample = 0; sample < samples;)
            {
                int rows = (int)Math.Min(samples - sample, int.MaxValue);
                Span<T> memory = Rows((set * samples) + sample, ref rows);
                stream.FillGaussian(sample * _accumulator.RowStride, memory, team);
                sample += rows;
            }
        }
    }

    /// <summary>Copies measurements that the caller brings.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="svecRows">svec(X_1), svec(X_2), …, one after another: m·p finite numbers.</param>
    /// <param name="seed">The seed of the noise stream.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">The length is not a positive multiple of p, or a number is not finite.</exception>
    public StoredMeasurements(int dimension, ReadOnlySpan<T> svecRows, ulong seed, WorkerTeam? team = null)
        : base(dimension)
    {
        _seed = seed;
        (_chunks, _chunkRows, _samplesPerSet, MeasurementSets, _accumulator) = Allocate(CountRows(dimension, svecRows), 1, seed, team, ChunkElements);
        for (int sample = 0; sample < _samplesPerSet; sample++)
        {
            int rows = 1;
            svecRows.Slice(sample * SvecLength, SvecLength).CopyTo(Rows(sample, ref rows));
        }
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override bool IsReused => true;

    /// <inheritdoc/>
    public override int MeasurementSets { get; }

    /// <summary>Gets the number of samples in a set.</summary>
    public long SamplesPerSet => _samplesPerSet;

    bool ISampleRows<T>.NeedsPanel => false;

    /// <summary>Returns the memory that m samples take, in bytes.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="samples">The number of samples in all sets together.</param>
    public static Int128 RequiredBytes(int dimension, long samples)
        => (Int128)samples * SampleAccumulator<T>.RowStrideOf(Svec.Length(dimension)) * Unsafe.SizeOf<T>();

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
        => Rows((group.MeasurementSet * _samplesPerSet) + first, ref rows);

    internal override void AddTo(ref Fingerprint fingerprint)
    {
        fingerprint.Add("stored");
        fingerprint.Add(_seed);
        fingerprint.Add(_samplesPerSet);
        fingerprint.Add(MeasurementSets);
        for (long sample = 0; sample < _samplesPerSet * MeasurementSets; sample++)
        {
            int rows = 1;
            fingerprint.Add<T>(Rows(sample, ref rows)[..SvecLength]);
        }
    }

    private protected override void AccumulateCore(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count)
    {
        if (group.Count > _samplesPerSet - group.FirstSample)
        {
            throw new ArgumentException(
                $"'group' names samples {group.FirstSample} to {group.FirstSample + group.Count - 1}; stored are samples 0 to {_samplesPerSet - 1}.",
                nameof(group));
        }

        _accumulator.Cancellation = Cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }

    private (AlignedArray<T>[] Chunks, int ChunkRows, long SamplesPerSet, int Sets, SampleAccumulator<T> Accumulator) Allocate(
        long samples, int sets, ulong seed, WorkerTeam? team, int chunkElements)
    {
        Guard.AtLeast(samples, 1);
        Guard.InRange(sets, 1, RandomStream.MaxSubstream + 1);
        SampleAccumulator<T> accumulator = new(this, SvecLength, seed, team);
        int chunkRows = Math.Max(1, chunkElements / accumulator.RowStride);
        long total = checked(samples * sets);
        AlignedArray<T>[] chunks = new AlignedArray<T>[(int)((total + chunkRows - 1) / chunkRows)];
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            long rows = Math.Min(chunkRows, total - ((long)chunk * chunkRows));
            chunks[chunk] = new AlignedArray<T>(checked((int)(rows * accumulator.RowStride)));
        }

        return (chunks, chunkRows, samples, sets, accumulator);
    }

    private static long CountRows(int dimension, ReadOnlySpan<T> svecRows)
    {
        Guard.InRange(dimension, 1, Svec.MaxDimension);
        int length = Svec.Length(dimension);
        if (svecRows.IsEmpty || svecRows.Length % length != 0)
        {
            throw new ArgumentException(
                $"'{nameof(svecRows)}' has {svecRows.Length} elements; accepted is a positive multiple of p = {length}.", nameof(svecRows));
        }

        Guard.AllFinite(svecRows, nameof(svecRows));
        return svecRows.Length / length;
    }

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
