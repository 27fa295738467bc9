using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Fresh Gaussian measurements, by their exact law: instead of m matrices X_i it draws Σ (⟨X_i, D⟩ − ξ_i)X_i itself. Without noise that has,
/// jointly in all entries, the law of ‖D‖(c²·D̂ + c·P^⊥W) with D̂ = D/‖D‖_F, c² ~ χ²_m, W one symmetric Gaussian matrix and P^⊥ the projection
/// away from D. O(d²) a step for any m. A draw.
/// </summary>
/// <remarks>
/// <para>The derivation. Let x_a be the vector of the m products with the a-th of some orthonormal matrices, so that the x_a are independent N(0, I_m).
/// Rotate the samples so that the coefficients c_i = ⟨X_i, D⟩ − ξ_i lie along the first axis: Σ c_i X_i = ‖c‖·W', where W' is the first of m
/// rotated measurements. With ν² = ‖D‖² + σ² and ρ = ‖D‖/ν: ‖c‖ = ν·χ_m, and W' is a Gaussian matrix W except along D̂, where it is ρ·χ_m + √(1 − ρ²)·g with the
/// same χ_m and g = ⟨W, D̂⟩, an N(0,1) number of its own.</para>
/// <para>Several matrices with the same X_i: Σ ⟨X_i, M_j⟩X_i = Σ_r ⟨W'_r, M_j⟩W'_r over the rotated measurements, and those beyond the span of the
/// coefficient vectors vanish against every M_j: q + 1 of them are enough for q dimensions. Along the basis W'_r has Bartlett's entries, elsewhere it
/// is Gaussian. The first result is the same bits whatever matrices follow.</para>
/// <para>With a mixture, c_i is computed sample by sample from explicit products with the span of D and the directions: O(q²·d² + m·q²) for a span of q dimensions.</para>
/// <para>It stands for measurements that are fresh and independent of U_t; it is not the law of a data set that is used again. Proofs in
/// docs/exact-law.md.</para>
/// <para>Not thread-safe: owns scratch of p elements, rounded up to 16 or 32, for one matrix, about (1 + s + n)·p for s matrices and n directions.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ExactLawMeasurements<T> : MeasurementSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private readonly WorkerTeam? _team;
    private readonly T[] _drawn;
    private readonly OrthonormalSpan<T> _span;
    private readonly MixtureCoefficients<T> _mixture;
    private readonly long _padded;

    /// <summary>Creates the source.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <param name="seed">The seed; each step draws from its own streams.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public ExactLawMeasurements(int dimension, ulong seed, WorkerTeam? team = null)
        : base(dimension)
    {
        _seed = seed;
        _team = team;
        _span = new OrthonormalSpan<T>(SvecLength, team);
        _mixture = new MixtureCoefficients<T>(seed);
        _padded = GaussianFill.PaddedLength<T>(SvecLength);
        _drawn = new T[_padded];
    }

    /// <inheritdoc/>
    public override bool IsOperator => false;

    internal override bool TakesMixtures => true;

    internal override bool IsAdaptive => true;

    /// <summary>Returns the bytes that such a source needs before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes)
    {
        Int128 span = sizes.CallMatrices + (Int128)sizes.Directions;
        return RunSizes.Bytes<T>(GaussianFill.PaddedLength<T>((long)sizes.SvecLength) + (span == 1 ? 0 : span * sizes.SvecLength));
    }

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => RefuseLabels(noise);

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "exact-law");
        description.Add("seed", _seed);
    }

    /// <inheritdoc/>
    protected override void AccumulateCore(
        in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, CancellationToken cancellation)
    {
        SampleGroup<T> noisy = WithOneNoise(in group);
        int directions = noisy.Mixture?.Count ?? 0;
        _span.Clear(count == 1 && directions == 0 ? 0 : count + directions);
        if (noisy.Mixture is { } mixture)
        {
            DrawMixture(in noisy, mixture, matrices, results, count, cancellation);
        }
        else
        {
            DrawGroup(in noisy, matrices, results, count);
        }
    }

    /// <summary>Says which label noise the exact law has.</summary>
    internal static string? RefuseLabels(LabelNoise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        return noise is { Law: LabelNoiseLaw.Gaussian, IsOnOneSample: false } ? null : "Gaussian noise on each sample, as single samples are not known";
    }

    /// <summary>Returns a group with one noise in place of two: both are drawn anew, and their sum has the law of one.</summary>
    internal static SampleGroup<T> WithOneNoise(in SampleGroup<T> group)
    {
        Guard.InRange(group.Count, 0, ExactCounts.Most, "group.Count");
        return group.LabelNoise is { Deviation: > 0 } noise
            ? group with { NoiseDeviation = ScaledProducts.Norm<double>([group.NoiseDeviation, noise.Deviation]), LabelNoise = null }
            : group;
    }

    // Whole groups are drawn, which spares the fill a ragged end; a step uses the first p numbers.
    private Span<T> Gaussian => _drawn.AsSpan(0, SvecLength);

    private Span<T> Matrix(Span<T> matrices, int index) => matrices.Slice(index * SvecLength, SvecLength);

    private ReadOnlySpan<T> Matrix(ReadOnlySpan<T> matrices, int index) => matrices.Slice(index * SvecLength, SvecLength);

    /// <summary>Draws the Gaussian matrix that row <paramref name="row"/> of the rotated measurements starts from.</summary>
    private void FillRow(in SampleGroup<T> group, int row)
        => new RandomStream(_seed, StreamPurpose.Measurements, group.Step, group.Group).FillGaussian(row * _padded, _drawn.AsSpan(), _team);

    private void DrawGroup(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count)
    {
        RandomSequence sequence = new(new RandomStream(_seed, StreamPurpose.Coefficients, group.Step, group.Group));
        ReadOnlySpan<T> residual = Matrix(matrices, 0);

        double norm = _span.Norm(residual), sigma = group.NoiseDeviation;
        RotatedSum sum = new(norm, sigma);
        int rows = 0;
        double along = 0;
        if (sum.Nu > 0)
        {
            double chi = Math.Sqrt(sequence.NextChiSquared(group.Count));
            FillRow(in group, rows++);
            double weight = group.Scale * sum.Nu * chi;
            Span<T> result = Matrix(results, 0);
            T factor = T.CreateTruncating(Math.ScaleB(weight, sum.Exponent));
            if (norm > 0)
            {
                along = sum.Along(chi, ScaledProducts.Component(Gaussian, residual, norm, _team));
                TwoTerms.Add<T>(Gaussian, factor, residual, T.CreateTruncating(weight * along), result);
            }
            else
            {
                TensorPrimitives.FusedMultiplyAdd(Gaussian, factor, result, result);
            }
        }

        if (count == 1)
        {
            return;
        }

        if (norm > 0)
        {
            _span.Extend(residual);
            _span.Add(Gaussian, 0, along * sum.Length);
        }

        if (rows == 1)
        {
            AddRow(in group, matrices, results, count);
        }

        if (norm > 0 && sigma > 0 && rows < group.Count)
        {
            // The part of ⟨X_i, D̂⟩ that the coefficients c_i do not determine: √(1 − ρ²) times an independent vector.
            FillRow(in group, rows);
            _span.SetComponent(Gaussian, 0, sum.Deviation / sum.Nu * Math.Sqrt(sequence.NextChiSquared(group.Count - rows++)));
            AddRow(in group, matrices, results, count);
        }

        DrawFurtherRows(in group, ref sequence, matrices, results, count, rows);
    }

    /// <summary>The rotated measurements of the dimensions that the matrices after the first one add.</summary>
    private void DrawFurtherRows(
        in SampleGroup<T> group, ref RandomSequence sequence, ReadOnlySpan<T> matrices, Span<T> results, int count, int rows)
    {
        for (int j = 1; j < count && rows < group.Count; j++)
        {
            if (!_span.Extend(Matrix(matrices, j)))
            {
                continue;
            }

            FillRow(in group, rows);
            for (int a = 0; a < _span.Order - 1; a++)
            {
                _span.SetComponent(Gaussian, a, 0);
            }

            _span.SetComponent(Gaussian, _span.Order - 1, Math.Sqrt(sequence.NextChiSquared(group.Count - rows++)));
            AddRow(in group, matrices, results, count, first: j);
        }
    }

    private void DrawMixture(
        in SampleGroup<T> group,
        ResidualMixture<T> mixture,
        ReadOnlySpan<T> matrices,
        Span<T> results,
        int count,
        CancellationToken cancellation)
    {
        _mixture.Prepare(1 + mixture.Count);
        _span.Extend(Matrix(matrices, 0), _mixture.Row(0));
        for (int v = 0; v < mixture.Count; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            _span.Extend(mixture.Direction(v), _mixture.Row(1 + v));
        }

        // R of the sample vectors [c, x_0, …, x_{q−1}]: row r holds the components of W'_r along the basis, R_00 = ‖c‖.
        int order = _span.Order;
        ReadOnlySpan<double> triangle = _mixture.Triangle(in group, mixture, order, out int exponent, cancellation);
        int rows = 0;
        for (int r = 0; r <= order && (r == 0 || count > 1); r++)
        {
            ReadOnlySpan<double> row = triangle.Slice(r * (order + 1), order + 1);
            if (row[r] == 0)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            FillRow(in group, rows++);
            for (int a = 0; a < order; a++)
            {
                _span.SetComponent(Gaussian, a, row[a + 1]);
            }

            if (r == 0)
            {
                Span<T> result = Matrix(results, 0);
                TensorPrimitives.FusedMultiplyAdd(Gaussian, T.CreateTruncating(Math.ScaleB(group.Scale * row[0], exponent)), result, result);
            }

            AddRow(in group, matrices, results, count);
        }

        RandomSequence sequence = _mixture.SequenceAfterProducts(in group, order);
        DrawFurtherRows(in group, ref sequence, matrices, results, count, rows);
    }

    /// <summary>Adds Scale·⟨W', M_j⟩W' to the results from <paramref name="first"/> on; the matrices before are orthogonal to W'.</summary>
    private void AddRow(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count, int first = 1)
    {
        for (int j = first; j < count; j++)
        {
            double product = double.CreateTruncating(Reductions.Dot(Gaussian, Matrix(matrices, j), _team));
            Span<T> result = Matrix(results, j);
            TensorPrimitives.FusedMultiplyAdd(Gaussian, T.CreateTruncating(group.Scale * product), result, result);
        }
    }
}
