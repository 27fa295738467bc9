using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;

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
/// <para>Rows lie p̃ numbers apart (<see cref="RequiredBytes(int, long)"/>), in arrays of at most 2²⁷ elements or one row, so the total may exceed what one
/// array holds. Mini-batches that are not in turn keep 4 bytes for each of their samples, shuffled ones 4 for each row besides, and copy up to six
/// rows at a time for each thread. Not thread-safe: owns scratch memory.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StoredMeasurements<T> : MeasurementSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private readonly StoredRows<T> _rows;
    private readonly SampleAccumulator<T> _accumulator;

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
        : this(dimension, samples, sets, seed, team, StoredRows<T>.ChunkElements, order, cancellation)
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
        int stride = SampleAccumulator<T>.RowStrideOf(SvecLength);
        _rows = new StoredRows<T>(SvecLength, stride, samples, sets, seed, order, chunkElements);
        _accumulator = new SampleAccumulator<T>(_rows, SvecLength, seed, team);
        _rows.FillGaussian(seed, team, cancellation);
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
        long samples = StoredRows<T>.CountRows(svecRows, SvecLength, sets, "p", nameof(svecRows));
        _rows = new StoredRows<T>(SvecLength, SampleAccumulator<T>.RowStrideOf(SvecLength), samples, sets, seed, order);
        _accumulator = new SampleAccumulator<T>(_rows, SvecLength, seed, team);
        _rows.CopyFrom(svecRows);
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    internal override bool TakesMixtures => true;

    internal override bool HasSamples => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    /// <inheritdoc/>
    public override bool IsReused => true;

    /// <inheritdoc/>
    public override int MeasurementSets => _rows.Sets;

    /// <summary>Gets the number of samples in a set.</summary>
    public long SamplesPerSet => _rows.Samples;

    /// <summary>Gets which samples a batch takes.</summary>
    public RowOrder RowOrder => _rows.Order;

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

    /// <summary>Returns the bytes that such a source needs beside the samples it stores, <see cref="RequiredBytes(int, long)"/>, before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => SampleAccumulator<T>.BytesOf(in sizes, sizes.Gathers);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes)
    {
        bool gathers = sizes.Gathers || _rows.Gathers(sizes.Samples);
        return _rows.Bytes(sizes.Samples) + RequiredBytes(sizes with { Gathers = gathers });
    }

    /// <summary>Writes svec(X_i) of one sample.</summary>
    /// <param name="sample">The index of the sample, counted over all sets.</param>
    /// <param name="destination">Receives p numbers.</param>
    /// <exception cref="ArgumentException">The length is not p.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopySample(long sample, Span<T> destination) => _rows.CopyRow(sample, destination);

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples) => _rows.Refusal(samples) ?? base.RefuseBatch(samples);

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "stored");
        _rows.Describe(description, _seed, batchSize);
    }

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        _rows.Select(in group);
        _accumulator.Cancellation = cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }
}
