using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Explicit measurements that a class of your own makes one by one, and that are never stored: <see cref="FillRow"/> says what X_i is, the rest (noise, environments of single samples,
/// threads, sums in a fixed order) is the library's. An operator at a fixed step.
/// </summary>
/// <remarks>
/// Training assumes E[⟨X, D⟩X] = D for symmetric D: matrices of another scale change the step size. Memory for at most 32 partial sums of p numbers (fewer for
/// large p, at least four) and a panel of samples for
/// each thread. Not thread-safe: owns scratch memory; <see cref="FillRow"/> is called by several threads at once.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class RowMeasurements<T> : MeasurementSource<T>, ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SampleAccumulator<T> _accumulator;

    /// <summary>Makes room for the sums.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="seed">The seed of the noise, and of what <see cref="FillRow"/> draws.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    protected RowMeasurements(int dimension, ulong seed, WorkerTeam? team = null)
        : base(dimension)
    {
        Seed = seed;
        _accumulator = new SampleAccumulator<T>(this, SvecLength, seed, team);
    }

    /// <summary>Gets the seed.</summary>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    internal override bool TakesMixtures => true;

    internal override bool HasSamples => true;

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => SampleAccumulator<T>.BytesOf(in sizes, needsPanel: true);

    bool ISampleRows<T>.NeedsPanel(in SampleGroup<T> group) => true;

    /// <summary>
    /// Writes svec(X_i) of one sample: a pure function of the arguments and the seed, such as of numbers from the stream (<see cref="Seed"/>, Measurements,
    /// step, set) whose entries begin at a multiple of the sample's index.
    /// </summary>
    /// <param name="step">The step, 0 or more.</param>
    /// <param name="set">The set of measurements, 0 or the index of an environment.</param>
    /// <param name="sample">The index i of the sample, 0 or more.</param>
    /// <param name="svec">Receives p finite numbers.</param>
    public abstract void FillRow(int step, int set, long sample, Span<T> svec);

    ReadOnlySpan<T> ISampleRows<T>.Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel)
    {
        for (int i = 0; i < rows; i++)
        {
            FillRow(group.Step, group.MeasurementSet, first + i, panel.Slice(i * _accumulator.RowStride, SvecLength));
        }

        return panel[..(rows * _accumulator.RowStride)];
    }

    long ISampleRows<T>.NoiseEntry(in SampleGroup<T> group, long sample) => sample;

    /// <inheritdoc/>
    protected sealed override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        _accumulator.Cancellation = cancellation;
        _accumulator.Accumulate(in group, matrices, results, count);
    }
}
