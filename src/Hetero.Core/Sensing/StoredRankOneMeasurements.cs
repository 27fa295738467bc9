using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// Rank-one measurements X_i = x_ix_iᵀ whose inputs x_i are kept in memory and used by every step: fixed data of a two-layer network with quadratic activation, n inputs in each set. An
/// operator; about md² multiply-adds a step.
/// </summary>
/// <remarks>
/// Which inputs a batch of fewer than n takes is said by <see cref="RowOrder"/>, as with <see cref="StoredMeasurements{T}"/>; noise stays with its input. The mean is that of
/// <see cref="RankOneMeasurements{T}"/>, 2D + tr(D)·I. Not thread-safe: owns scratch memory.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StoredRankOneMeasurements<T> : MeasurementSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private readonly StoredRows<T> _rows;
    private readonly RankOneAccumulator<T> _accumulator;

    /// <summary>Draws the inputs, x_i ~ N(0, I_d): the same numbers as step 0 of <see cref="RankOneMeasurements{T}"/>.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="RankOneMeasurements{T}.MaxDimension"/>.</param>
    /// <param name="samples">The number n of samples in a set, 1 or more.</param>
    /// <param name="seed">The seed of the inputs, their noise and the order of the rows.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="sets">The number of sets: 1, or one for each environment.</param>
    /// <param name="order">Which samples a batch takes.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public StoredRankOneMeasurements(
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

    /// <summary>Draws the inputs into arrays of a given size: small ones are for tests.</summary>
    internal StoredRankOneMeasurements(
        int dimension,
        long samples,
        int sets,
        ulong seed,
        WorkerTeam? team,
        int chunkElements,
        RowOrder order = RowOrder.Shuffled,
        CancellationToken cancellation = default)
        : base(RankOneMeasurements<T>.CheckedDimension(dimension))
    {
        _seed = seed;
        _rows = new StoredRows<T>(dimension, RankOneAccumulator<T>.InputStrideOf(dimension), samples, sets, seed, order, chunkElements);
        _accumulator = new RankOneAccumulator<T>(_rows, dimension, seed, team);
        _rows.FillGaussian(seed, team, cancellation);
    }

    /// <summary>Copies inputs that the caller brings.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="RankOneMeasurements{T}.MaxDimension"/>.</param>
    /// <param name="inputs">
    /// x_1, x_2, …, one after another, d finite numbers each: the n samples of the first set, then those of the second, …: all sets have as many.
    /// </param>
    /// <param name="seed">The seed of the noise and of the order of the rows.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="sets">The number of sets: 1, or one for each environment, in the order of the environments.</param>
    /// <param name="order">Which samples a batch takes.</param>
    /// <exception cref="ArgumentException">The length is not a positive multiple of sets·d, a number is not finite, or an argument is out of
    /// range.</exception>
    public StoredRankOneMeasurements(
        int dimension, ReadOnlySpan<T> inputs, ulong seed, WorkerTeam? team = null, int sets = 1, RowOrder order = RowOrder.Shuffled)
        : base(RankOneMeasurements<T>.CheckedDimension(dimension))
    {
        _seed = seed;
        long samples = StoredRows<T>.CountRows(inputs, dimension, sets, "d", nameof(inputs));
        _rows = new StoredRows<T>(dimension, RankOneAccumulator<T>.InputStrideOf(dimension), samples, sets, seed, order);
        _accumulator = new RankOneAccumulator<T>(_rows, dimension, seed, team);
        _rows.CopyFrom(inputs);
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    internal override bool TakesMixtures => true;

    internal override bool HasSamples => true;

    /// <inheritdoc/>
    public override bool IsReused => true;

    /// <inheritdoc/>
    public override int MeasurementSets => _rows.Sets;

    /// <summary>Gets the number of samples in a set.</summary>
    public long SamplesPerSet => _rows.Samples;

    /// <summary>Gets which samples a batch takes.</summary>
    public RowOrder RowOrder => _rows.Order;

    /// <summary>Returns the memory that m inputs take, in bytes.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="RankOneMeasurements{T}.MaxDimension"/>.</param>
    /// <param name="samples">The number of samples in all sets together, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Int128 RequiredBytes(int dimension, long samples)
    {
        Guard.AtLeast(samples, 0);
        int stride = RankOneAccumulator<T>.InputStrideOf(RankOneMeasurements<T>.CheckedDimension(dimension));
        return (Int128)samples * stride * Unsafe.SizeOf<T>();
    }

    /// <summary>Returns the bytes that such a source needs beside the inputs it stores, <see cref="RequiredBytes(int, long)"/>, before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => RankOneAccumulator<T>.BytesOf(in sizes);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => _rows.Bytes(sizes.Samples) + RequiredBytes(in sizes);

    /// <summary>Writes the input x_i of one sample.</summary>
    /// <param name="sample">The index of the sample, counted over all sets.</param>
    /// <param name="destination">Receives d numbers.</param>
    /// <exception cref="ArgumentException">The length is not d.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopyInput(long sample, Span<T> destination) => _rows.CopyRow(sample, destination);

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples) => _rows.Refusal(samples) ?? base.RefuseBatch(samples);

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "stored-rank-one");
        _rows.Describe(description, _seed, batchSize);
    }

    internal override bool IsIdentityInMean => false;

    internal override void ToMean(Span<T> svec) => RankOneLaw.ToMean(svec, Dimension);

    internal override double GrowthBound => RankOneLaw.GrowthBound(Dimension);

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        _rows.Select(in group);
        _accumulator.Cancellation = cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }
}
