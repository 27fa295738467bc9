using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Fresh Gaussian measurements, by their exact law: instead of m matrices X_i it draws Σ (⟨X_i, D⟩ − ξ_i)X_i itself, which has, jointly in
/// all entries, the law of a·D̂ + b·P^⊥W with D̂ = D/‖D‖_F, W one symmetric Gaussian matrix, P^⊥ the projection away from D and scalars
/// (a, b) from χ² or Wishart variates. O(d²) a step for any m. A draw.
/// </summary>
/// <remarks>
/// <para>The derivation, for s matrices M_j = Σ_a L_ja B_a over an orthonormal basis B_1…B_q of their span. Write X_i = Σ_a z_ia B_a + X_i^⊥
/// with z_i ~ N(0, I_q) independent of X_i^⊥, and c_ji = l_j·z_i − [j = 0]ξ_i, a linear form in z̃_i = (z_i, ξ_i/σ). Then
/// Σ_i c_ji X_i = Σ_a (Σ_i c_ji z_ia) B_a + Σ_i c_ji X_i^⊥. The first sums are entries of the Gram matrix of the z̃_i, a Wishart matrix RᵀR
/// (Bartlett). Given the z̃_i, the second sums are Gaussian and, over j, have the covariance of Rᵀ-combinations of min(m, q + 1) independent
/// P^⊥W_r; for s = 1 one W is enough.</para>
/// <para>It stands for measurements that are fresh and independent of U_t; it is not the law of a data set that is used again. D = 0 is legal:
/// the result is σ‖g‖W. Proof in docs/exact-law.md.</para>
/// <para>With a mixture the same argument runs on the span of D and the directions, with the z_i drawn one by one: O(d² + m·q).</para>
/// <para>Not thread-safe: owns scratch of about (2 + s)·p elements after the first use.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ExactLawMeasurements<T> : MeasurementSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private readonly WorkerTeam? _team;
    private readonly T[] _gaussian;
    private T[] _basis = [];
    private double[] _coefficients = [];
    private double[] _factor = [];
    private double[] _weights = [];

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
        _gaussian = new T[SvecLength];
    }

    /// <inheritdoc/>
    public override bool IsOperator => false;

    private protected override void AccumulateCore(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count)
    {
        if (count == 1 && group.Mixture is null)
        {
            DrawOne(in group, matrices, results);
        }
        else
        {
            DrawJointly(in group, matrices, results, count);
        }
    }

    private RandomStream Measurements(in SampleGroup<T> group) => new(_seed, StreamPurpose.Measurements, group.Step, group.Group);

    private RandomSequence Coefficients(in SampleGroup<T> group)
        => new(new RandomStream(_seed, StreamPurpose.Coefficients, group.Step, group.Group));

    /// <summary>One matrix: D̂ needs no storage of its own, and the parts of W along D and across it come in one pass each.</summary>
    private void DrawOne(in SampleGroup<T> group, ReadOnlySpan<T> residual, Span<T> result)
    {
        double square = double.CreateTruncating(Reductions.Dot(residual, residual, _team));
        double norm = Math.Sqrt(square);
        bool noisy = group.NoiseDeviation > 0;
        if (norm == 0 && !noisy)
        {
            return;
        }

        // R of order 1 + [noise]; κ = R·(‖D‖, −σ)ᵀ. Then Σ c_i z_i = R_00·κ_0 and Σ c_i² = ‖κ‖².
        RandomSequence sequence = Coefficients(in group);
        Span<double> factor = stackalloc double[4];
        double along, across;
        if (norm > 0 && noisy)
        {
            int rows = Wishart.FactorRows(group.Count, 2);
            Wishart.FillFactor(ref sequence, group.Count, 2, factor[..(2 * rows)]);
            double kappa0 = (factor[0] * norm) - (factor[1] * group.NoiseDeviation);
            double kappa1 = rows == 2 ? -factor[3] * group.NoiseDeviation : 0;
            along = factor[0] * kappa0 / norm;
            across = Math.Sqrt((kappa0 * kappa0) + (kappa1 * kappa1));
        }
        else
        {
            double root = Math.Sqrt(sequence.NextChiSquared(group.Count));
            along = norm > 0 ? root * root : 0;
            across = root * (norm > 0 ? norm : group.NoiseDeviation);
        }

        Measurements(in group).FillGaussian(0, _gaussian.AsSpan(), _team);
        if (norm > 0)
        {
            // across·P^⊥W = across·(W − (⟨W, D⟩/‖D‖²)·D), with the D-part folded into the coefficient of D.
            along -= across * (double.CreateTruncating(Reductions.Dot(_gaussian, residual, _team)) / square);
            TensorPrimitives.FusedMultiplyAdd(residual, T.CreateTruncating(group.Scale * along), result, result);
        }

        TensorPrimitives.FusedMultiplyAdd(_gaussian, T.CreateTruncating(group.Scale * across), result, result);
    }

    private void DrawJointly(in SampleGroup<T> group, ReadOnlySpan<T> matrices, Span<T> results, int count)
    {
        // Rows of coefficients: the given matrices, then the mixture's directions.
        int directions = group.Mixture?.Count ?? 0;
        int spanned = count + directions;
        Ensure(ref _basis, spanned * SvecLength);
        Ensure(ref _coefficients, spanned * spanned);
        int order = 0;
        for (int j = 0; j < spanned; j++)
        {
            ReadOnlySpan<T> matrix = j < count ? matrices.Slice(j * SvecLength, SvecLength) : group.Mixture!.Direction(j - count);
            order += ExtendBasis(matrix, order, _coefficients.AsSpan(j * spanned, spanned)) ? 1 : 0;
        }

        int rows = group.Mixture is null
            ? WeighGroup(in group, count, spanned, order)
            : WeighMixture(in group, group.Mixture, count, spanned, order);
        Add(in group, results, count, order, rows);
    }

    /// <summary>Gram–Schmidt, twice for orthogonality to round-off. Returns whether the matrix added a direction.</summary>
    private bool ExtendBasis(ReadOnlySpan<T> matrix, int order, Span<double> coefficients)
    {
        coefficients.Clear();
        Span<T> rest = _basis.AsSpan(order * SvecLength, SvecLength);
        matrix.CopyTo(rest);
        double norm = Math.Sqrt(double.CreateTruncating(Reductions.Dot(matrix, matrix, _team)));
        for (int pass = 0; pass < 2; pass++)
        {
            for (int a = 0; a < order; a++)
            {
                ReadOnlySpan<T> known = Basis(a);
                T dot = Reductions.Dot(known, rest, _team);
                coefficients[a] += double.CreateTruncating(dot);
                TensorPrimitives.FusedMultiplyAdd(known, -dot, rest, rest);
            }
        }

        // What is left below round-off is no direction of its own.
        double left = Math.Sqrt(double.CreateTruncating(Reductions.Dot(rest, rest, _team)));
        if (!(left > 64 * double.CreateTruncating(T.BitIncrement(T.One) - T.One) * norm))
        {
            return false;
        }

        coefficients[order] = left;
        TensorPrimitives.Multiply(rest, T.CreateTruncating(1 / left), rest);
        return true;
    }

    private ReadOnlySpan<T> Basis(int index) => _basis.AsSpan(index * SvecLength, SvecLength);

    /// <summary>
    /// Equal residuals: a Wishart factor R of order q (+1 with noise). Fills, for each matrix j, the q weights of the basis and the weights
    /// κ_j = R·c_j of the Gaussian matrices; returns the number of the latter.
    /// </summary>
    private int WeighGroup(in SampleGroup<T> group, int count, int stride, int order)
    {
        bool noisy = group.NoiseDeviation > 0;
        int extended = order + (noisy ? 1 : 0);
        if (extended == 0)
        {
            return 0;
        }

        int rows = Wishart.FactorRows(group.Count, extended);
        Ensure(ref _factor, rows * extended);
        Span<double> factor = _factor.AsSpan(0, rows * extended);
        RandomSequence sequence = Coefficients(in group);
        Wishart.FillFactor(ref sequence, group.Count, extended, factor);
        Ensure(ref _weights, count * (order + rows));
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<double> combination = _coefficients.AsSpan(j * stride, order);
            Span<double> weights = _weights.AsSpan(j * (order + rows), order + rows);
            weights.Clear();
            for (int r = 0; r < rows; r++)
            {
                ReadOnlySpan<double> row = factor.Slice(r * extended, extended);
                double kappa = noisy && j == 0 ? -row[order] * group.NoiseDeviation : 0;
                for (int a = r; a < order; a++)
                {
                    kappa += row[a] * combination[a];
                }

                weights[order + r] = kappa;
                for (int a = r; a < order; a++)
                {
                    weights[a] += row[a] * kappa;
                }
            }
        }

        return rows;
    }

    /// <summary>
    /// Residuals of their own: the z_i are drawn sample by sample. The Gaussian parts have the Gram matrix K_jk = Σ_i c_ji c_ki as covariance,
    /// whose Cholesky factor gives the weights.
    /// </summary>
    private int WeighMixture(in SampleGroup<T> group, ResidualMixture<T> mixture, int count, int stride, int order)
    {
        Ensure(ref _weights, count * (order + count));
        Ensure(ref _factor, (count * count) + order + count + 1);
        Span<double> weights = _weights.AsSpan(0, count * (order + count));
        Span<double> gram = _factor.AsSpan(0, count * count);
        Span<double> z = _factor.AsSpan(count * count, order + 1);
        Span<double> c = _factor.AsSpan((count * count) + order + 1, count);
        weights.Clear();
        gram.Clear();
        RandomStream stream = new(_seed, StreamPurpose.Coefficients, group.Step, group.Group);
        RandomStream noise = new(_seed, StreamPurpose.Noise, group.NoiseStep, group.NoiseSubstream);
        for (long i = 0; i < group.Count; i++)
        {
            stream.FillGaussian(i * order, z[..order]);
            for (int j = 0; j < count; j++)
            {
                c[j] = Combine(j, stride, z[..order]);
            }

            for (int v = 0; v < mixture.Count; v++)
            {
                c[0] = Math.FusedMultiplyAdd(mixture.Coefficients[((int)i * mixture.Count) + v], Combine(count + v, stride, z[..order]), c[0]);
            }

            if (group.NoiseDeviation > 0)
            {
                noise.FillGaussian(group.FirstSample + i, z.Slice(order, 1));
                c[0] -= group.NoiseDeviation * z[order];
            }

            for (int j = 0; j < count; j++)
            {
                for (int a = 0; a < order; a++)
                {
                    weights[(j * (order + count)) + a] += c[j] * z[a];
                }

                for (int k = 0; k <= j; k++)
                {
                    gram[(j * count) + k] += c[j] * c[k];
                }
            }
        }

        Cholesky(gram, count);
        for (int j = 0; j < count; j++)
        {
            gram.Slice(j * count, count).CopyTo(weights.Slice((j * (order + count)) + order, count));
        }

        return count;
    }

    private double Combine(int row, int stride, ReadOnlySpan<double> z)
    {
        double sum = 0;
        for (int a = 0; a < z.Length; a++)
        {
            sum = Math.FusedMultiplyAdd(_coefficients[(row * stride) + a], z[a], sum);
        }

        return sum;
    }

    /// <summary>The lower Cholesky factor in place; a zero or, by rounding, negative pivot of a singular matrix gives a zero column.</summary>
    private static void Cholesky(Span<double> matrix, int n)
    {
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[(i * n) + k] * matrix[(j * n) + k];
                }

                double pivot = i == j ? Math.Sqrt(Math.Max(sum, 0)) : matrix[(j * n) + j];
                matrix[(i * n) + j] = i == j ? pivot : pivot > 0 ? sum / pivot : 0;
            }

            matrix.Slice((j * n) + j + 1, n - j - 1).Clear();
        }
    }

    /// <summary>Adds Scale·(Σ_a weight_a·B_a + Σ_r weight_r·P^⊥W_r) to every result, one W_r at a time.</summary>
    private void Add(in SampleGroup<T> group, Span<T> results, int count, int order, int rows)
    {
        RandomStream stream = Measurements(in group);
        long padded = PaddedLength(SvecLength);
        for (int r = 0; r < rows; r++)
        {
            stream.FillGaussian(r * padded, _gaussian.AsSpan(), _team);
            for (int a = 0; a < order; a++)
            {
                T dot = Reductions.Dot(Basis(a), _gaussian, _team);
                TensorPrimitives.FusedMultiplyAdd(Basis(a), -dot, _gaussian, _gaussian);
            }

            for (int j = 0; j < count; j++)
            {
                T weight = T.CreateTruncating(group.Scale * _weights[(j * (order + rows)) + order + r]);
                Span<T> result = results.Slice(j * SvecLength, SvecLength);
                TensorPrimitives.FusedMultiplyAdd(_gaussian, weight, result, result);
            }
        }

        for (int j = 0; j < count && rows > 0; j++)
        {
            Span<T> result = results.Slice(j * SvecLength, SvecLength);
            for (int a = 0; a < order; a++)
            {
                T weight = T.CreateTruncating(group.Scale * _weights[(j * (order + rows)) + a]);
                TensorPrimitives.FusedMultiplyAdd(Basis(a), weight, result, result);
            }
        }
    }

    private static long PaddedLength(int length)
    {
        int group = GaussianFill.GroupLength<T>();
        return ((long)length + group - 1) / group * group;
    }

    private static void Ensure<TElement>(ref TElement[] array, int length)
    {
        if (array.Length < length)
        {
            array = new TElement[length];
        }
    }
}
