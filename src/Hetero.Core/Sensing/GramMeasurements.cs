using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Fixed Gaussian measurements of any number m, kept as the factor R of their Gram matrix: Σ ⟨X_i, M⟩X_i is GᵀG·svec(M), and GᵀG = RᵀR has Wishart's law with m
/// degrees of freedom. What <see cref="StoredMeasurements{T}"/> are for m·p numbers, for p² and the cost of p² a step, in the same law.
/// </summary>
/// <remarks>It knows no single sample: a group has all m of a set, without noise or a mixture; HeteroSGD without a pooled share and PooledGD have such
/// groups, others are refused when they are made. Not thread-safe: owns scratch memory.</remarks>
public sealed class GramMeasurements : MeasurementSource<double>
{
    private readonly ulong _seed;
    private readonly long _samples;
    private readonly int _rows;
    private readonly double[][] _factors;
    private readonly double[] _image;

    /// <summary>Draws the measurements.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535; with m samples min(m, p)·p numbers must fit into an array, so that d is at most 303 from m = p on.</param>
    /// <param name="samples">The number m of samples in a set, 1 to 2⁵³.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="sets">The number of sets: 1, or one for each environment.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public GramMeasurements(int dimension, long samples, ulong seed, int sets = 1)
        : base(dimension)
    {
        Guard.InRange(samples, 1, ExactCounts.Most);
        Guard.InRange(sets, 1, RandomStream.MaxSubstream + 1);
        (_seed, _samples, _rows) = (seed, samples, Wishart.FactorRows(samples, SvecLength));
        int length = Guard.ArrayLength(_rows, SvecLength, nameof(dimension));
        _factors = new double[sets][];
        _image = new double[_rows];
        for (int set = 0; set < sets; set++)
        {
            RandomSequence sequence = new(new RandomStream(seed, StreamPurpose.Measurements, 0, set));
            Wishart.FillFactor(ref sequence, samples, SvecLength, _factors[set] = new double[length]);
        }
    }

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override bool IsReused => true;

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RunSizes.Bytes<double>(((Int128)_rows * SvecLength * _factors.Length) + _rows);

    /// <inheritdoc/>
    public override int MeasurementSets => _factors.Length;

    internal override bool HasWholeSetsAlone => true;

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples)
        => samples == _samples ? null : FormattableString.Invariant($"all {_samples} samples of a set, which the factor stands for");

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "gram");
        description.Add("seed", _seed);
        description.Add("samples", _samples);
        description.Add("sets", MeasurementSets);
    }

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<double> group, ReadOnlySpan<double> matrices, Span<double> results, int count, CancellationToken cancellation)
    {
        Guard.InRange(group.FirstSample, 0, 0, "group.FirstSample");
        Guard.InRange(group.Count, _samples, _samples, "group.Count");
        Guard.InRange(group.NoiseDeviation, 0.0, 0.0, "group.NoiseDeviation");
        ReadOnlySpan<double> factor = _factors[group.MeasurementSet];
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<double> matrix = matrices.Slice(j * SvecLength, SvecLength);
            Span<double> result = results.Slice(j * SvecLength, SvecLength);

            // Row i of R starts at its diagonal.
            for (int i = 0; i < _rows; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                double sum = 0;
                for (int k = i; k < matrix.Length; k++)
                {
                    sum += factor[(i * matrix.Length) + k] * matrix[k];
                }

                _image[i] = group.Scale * sum;
            }

            for (int i = 0; i < _rows; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int k = i; k < matrix.Length; k++)
                {
                    result[k] += factor[(i * matrix.Length) + k] * _image[i];
                }
            }
        }
    }
}
