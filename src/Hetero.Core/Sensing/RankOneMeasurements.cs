using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Rank-one measurements X_i = x_ix_iᵀ of Gaussian inputs x_i ~ N(0, I_d), drawn anew for each step and never stored: what a two-layer network with quadratic activation
/// sees, y = Σ_j q(u_jᵀx) = ⟨xxᵀ, UUᵀ⟩ (14). Number j of x_i is entry i·d̃ + j of the step's measurement stream, d̃ = d rounded up to whole groups of the stream. An operator at a fixed step.
/// </summary>
/// <remarks>
/// Not the identity in the mean: E[⟨X, D⟩X] = 2D + tr(D)·I, from which the shrinkage of Algorithm 4 takes the trace, <see cref="Training.Shrinkage{T}"/>. About
/// md² multiply-adds a step and m·d random numbers;
/// memory for at most 32 partial sums of d² numbers (fewer for large d, at least four) and some tiles for each thread. Not thread-safe: owns scratch memory.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RankOneMeasurements<T> : MeasurementSource<T>, ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest dimension: a d×d matrix must fit into one array.</summary>
    public const int MaxDimension = 46336;

    private readonly ulong _seed;
    private readonly RankOneAccumulator<T> _accumulator;

    /// <summary>Creates the source.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="seed">The seed; each step draws from its own streams.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public RankOneMeasurements(int dimension, ulong seed, WorkerTeam? team = null)
        : base(CheckedDimension(dimension))
    {
        _seed = seed;
        _accumulator = new RankOneAccumulator<T>(this, dimension, seed, team);
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    internal override bool TakesMixtures => true;

    internal override bool HasSamples => true;

    /// <summary>Gets the number of samples that the stream of a step has entries for.</summary>
    private long StreamSamples => ((long.MaxValue - _accumulator.InputStride + 1) / _accumulator.InputStride) + 1;

    bool ISampleRows<T>.NeedsPanel(in SampleGroup<T> group) => true;

    /// <summary>Returns the bytes that such a source needs before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => RankOneAccumulator<T>.BytesOf(in sizes);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples)
    {
        long most = Math.Min(StreamSamples, MaxBatch);
        return samples > most ? $"at most {most}" : null;
    }

    /// <summary>Writes the input x_i of one sample.</summary>
    /// <param name="step">The step, 0 or more.</param>
    /// <param name="sample">The index i of the sample, 0 or more; entry i·d̃ + d̃ − 1 must be one of the stream's 2⁶³.</param>
    /// <param name="destination">Receives d numbers.</param>
    /// <exception cref="ArgumentException">The length is not d, or the step or the sample is out of range.</exception>
    public void CopyInput(int step, long sample, Span<T> destination)
    {
        Guard.InRange(sample, 0, StreamSamples - 1);
        Guard.Length(destination.Length, Dimension, nameof(destination));
        new RandomStream(_seed, StreamPurpose.Measurements, step).FillGaussian(sample * _accumulator.InputStride, destination);
    }

    ReadOnlySpan<T> ISampleRows<T>.Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel)
    {
        Span<T> inputs = panel[..(rows * _accumulator.InputStride)];
        new RandomStream(_seed, StreamPurpose.Measurements, group.Step, group.MeasurementSet)
            .FillGaussian(first * _accumulator.InputStride, inputs);
        return inputs;
    }

    long ISampleRows<T>.NoiseEntry(in SampleGroup<T> group, long sample) => sample;

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "rank-one");
        description.Add("seed", _seed);
    }

    internal override bool IsIdentityInMean => false;

    internal override void ToMean(Span<T> svec) => RankOneLaw.ToMean(svec, Dimension);

    internal override double GrowthBound => RankOneLaw.GrowthBound(Dimension);

    internal static int CheckedDimension(int dimension)
    {
        Guard.InRange(dimension, 1, MaxDimension);
        return dimension;
    }

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        Guard.InRange(group.Count, 0, StreamSamples, "group.Count");
        Guard.InRange(group.FirstSample, 0, StreamSamples - group.Count, "group.FirstSample");
        _accumulator.Cancellation = cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }
}
