using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Explicit symmetric Gaussian measurements (diagonal N(0,1), off-diagonal N(0,½)), drawn anew for each step and never stored: entry j of
/// svec(X_i) is entry i·p̃ + j of the step's measurement stream, p̃ = p rounded up to whole groups of the stream. An operator at a fixed
/// step. m·p random numbers a step, and memory for at most 32 partial sums of p numbers (fewer for large p, at least four) and a panel of
/// samples for each thread.
/// </summary>
/// <remarks>Not thread-safe: owns scratch memory.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RegeneratedMeasurements<T> : MeasurementSource<T>, ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private readonly SampleAccumulator<T> _accumulator;

    /// <summary>Creates the source.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="seed">The seed; each step draws from its own streams.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public RegeneratedMeasurements(int dimension, ulong seed, WorkerTeam? team = null)
        : base(dimension)
    {
        _seed = seed;
        _accumulator = new SampleAccumulator<T>(this, SvecLength, seed, team);
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    internal override bool TakesMixtures => true;

    internal override bool HasSamples => true;

    bool ISampleRows<T>.NeedsPanel(in SampleGroup<T> group) => true;

    /// <summary>Gets the number of samples that the stream of a step has entries for.</summary>
    private long StreamSamples => ((long.MaxValue - _accumulator.RowStride + 1) / _accumulator.RowStride) + 1;

    /// <summary>Returns the bytes that such a source needs before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => SampleAccumulator<T>.BytesOf(in sizes, needsPanel: true);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples)
    {
        long most = Math.Min(StreamSamples, MaxBatch);
        return samples > most ? $"at most {most}" : null;
    }

    /// <summary>Writes svec(X_i) of one sample.</summary>
    /// <param name="step">The step, 0 or more.</param>
    /// <param name="sample">The index i of the sample, 0 or more; entry i·p̃ + p̃ − 1 must be one of the stream's 2⁶³.</param>
    /// <param name="destination">Receives p numbers.</param>
    /// <exception cref="ArgumentException">The length is not p, or the step or the sample is out of range.</exception>
    public void CopySample(int step, long sample, Span<T> destination)
    {
        Guard.InRange(sample, 0, StreamSamples - 1);
        Guard.Length(destination.Length, SvecLength, nameof(destination));
        new RandomStream(_seed, StreamPurpose.Measurements, step).FillGaussian(sample * _accumulator.RowStride, destination);
    }

    ReadOnlySpan<T> ISampleRows<T>.Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel)
    {
        Span<T> samples = panel[..(rows * _accumulator.RowStride)];
        new RandomStream(_seed, StreamPurpose.Measurements, group.Step, group.MeasurementSet)
            .FillGaussian(first * _accumulator.RowStride, samples);
        return samples;
    }

    long ISampleRows<T>.NoiseEntry(in SampleGroup<T> group, long sample) => sample;

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "regenerated");
        description.Add("seed", _seed);
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
