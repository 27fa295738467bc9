using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// The explicit part of an exact-law draw with a mixture: products x_ia = ⟨X_i, B_a⟩ ~ N(0,1) of every sample with the basis of the residuals' span, the
/// coefficients c_i = ⟨X_i, D_i⟩ − ξ_i that follow, and the triangular factor of the sample vectors [c, x_0, …, x_{q−1}].
/// </summary>
/// <remarks>
/// Product a of sample i is entry a·m̃ + i of the coefficient stream (m̃: m rounded up to whole groups). Sums over the samples run in ascending order, one
/// chain each. Not thread-safe: owns scratch memory.
/// </remarks>
internal sealed class MixtureCoefficients<T>(ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 256;

    // Powers of two that residuals are scaled by: beyond, powers and their inverses leave the range of double.
    private const int LargestExponent = 1000;

    private double[] _rows = [];
    private double[] _products = [];
    private double[] _gram = [];
    private int _stride;

    /// <summary>Makes room for the components of the residual and the directions along the basis.</summary>
    public void Prepare(int vectors)
    {
        _stride = vectors;
        Ensure(ref _rows, vectors * vectors);
        Ensure(ref _products, (vectors + 2) * Chunk);
        Ensure(ref _gram, (vectors + 1) * (vectors + 1));
    }

    /// <summary>The components of vector <paramref name="index"/> (0: the residual) along the basis.</summary>
    public Span<double> Row(int index) => _rows.AsSpan(index * _stride, _stride);

    /// <summary>The coefficient stream from the first block after the products on: two of them come from a block.</summary>
    public RandomSequence SequenceAfterProducts(in SampleGroup<T> group, int order)
        => new(
            new RandomStream(seed, StreamPurpose.Coefficients, group.Step, group.Group),
            (ulong)order * (ulong)GaussianFill.PaddedLength<double>(group.Count) / 2);

    /// <summary>Returns R, (q + 1)×(q + 1) upper triangular, row after row; a row whose vector depends on those before is zero.</summary>
    /// <param name="group">The samples.</param>
    /// <param name="mixture">What makes their residuals differ.</param>
    /// <param name="order">q.</param>
    /// <param name="exponent">The c_i are in units of 2 to this power, which keeps their squares in the range and rounds nothing: so is R_00.</param>
    /// <param name="cancellation">Gives the draw up.</param>
    public ReadOnlySpan<double> Triangle(
        in SampleGroup<T> group, ResidualMixture<T> mixture, int order, out int exponent, CancellationToken cancellation)
    {
        exponent = ScaleRows(in group, mixture);
        double deviation = Math.ScaleB(group.NoiseDeviation, -exponent);
        int columns = order + 1;
        Span<double> gram = _gram.AsSpan(0, columns * columns);
        gram.Clear();
        for (long first = 0; first < group.Count; first += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int samples = (int)Math.Min(Chunk, group.Count - first);
            FillProducts(in group, mixture, deviation, order, first, samples);
            for (int i = 0; i < columns; i++)
            {
                ReadOnlySpan<double> left = _products.AsSpan(i * Chunk, samples);
                for (int j = i; j < columns; j++)
                {
                    ReadOnlySpan<double> right = _products.AsSpan(j * Chunk, samples);
                    double sum = gram[(i * columns) + j];
                    for (int sample = 0; sample < samples; sample++)
                    {
                        sum = Math.FusedMultiplyAdd(left[sample], right[sample], sum);
                    }

                    gram[(i * columns) + j] = sum;
                }
            }
        }

        Cholesky(gram, columns, cancellation);
        return gram;
    }

    /// <summary>Scales the components of all residuals by a power of two that brings the largest to about 1, and returns its exponent.</summary>
    private int ScaleRows(in SampleGroup<T> group, ResidualMixture<T> mixture)
    {
        ReadOnlySpan<double> coefficients = mixture.Coefficients[..checked((int)group.Count * mixture.Count)];
        int directions = Exponent(_rows.AsSpan(_stride, mixture.Count * _stride));
        int largest = Math.Max(Exponent(Row(0)), Exponent(coefficients) + directions);
        largest = Math.Max(largest, Exponent([group.NoiseDeviation]));
        int exponent = Math.Clamp(Math.Max(largest, directions - LargestExponent), -LargestExponent, LargestExponent);
        foreach (ref double component in _rows.AsSpan(0, (1 + mixture.Count) * _stride))
        {
            component = Math.ScaleB(component, -exponent);
        }

        return exponent;
    }

    /// <summary>That of the largest magnitude; of zeros one below all others.</summary>
    private static int Exponent(ReadOnlySpan<double> values)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        return largest == 0 ? -4 * LargestExponent : Math.ILogB(largest);
    }

    /// <summary>Row 0: the coefficients c; row 1 + a: the products with B_a; the last row is scratch for noise.</summary>
    private void FillProducts(in SampleGroup<T> group, ResidualMixture<T> mixture, double deviation, int order, long first, int samples)
    {
        RandomStream stream = new(seed, StreamPurpose.Coefficients, group.Step, group.Group);
        long padded = GaussianFill.PaddedLength<double>(group.Count);
        Span<double> c = _products.AsSpan(0, samples);
        c.Clear();
        for (int a = 0; a < order; a++)
        {
            Span<double> x = _products.AsSpan((1 + a) * Chunk, samples);
            stream.FillGaussian((a * padded) + first, x);
            for (int i = 0; i < samples; i++)
            {
                // The residual D_i has the component l_0a + Σ_v a_iv·l_va along B_a.
                double component = _rows[a];
                for (int v = 0; v < mixture.Count; v++)
                {
                    component = Math.FusedMultiplyAdd(
                        mixture.Coefficients[((int)(first + i) * mixture.Count) + v], _rows[((1 + v) * _stride) + a], component);
                }

                c[i] = Math.FusedMultiplyAdd(component, x[i], c[i]);
            }
        }

        if (deviation > 0)
        {
            Span<double> noise = _products.AsSpan((1 + order) * Chunk, samples);
            new RandomStream(seed, StreamPurpose.Noise, group.NoiseStep, group.NoiseSubstream).FillGaussian(group.FirstSample + first, noise);
            for (int i = 0; i < samples; i++)
            {
                c[i] = Math.FusedMultiplyAdd(-deviation, noise[i], c[i]);
            }
        }
    }

    /// <summary>The upper Cholesky factor in place. A pivot within round-off of 0 is 0, and so is its row.</summary>
    private static void Cholesky(Span<double> matrix, int n, CancellationToken cancellation)
    {
        for (int r = 0; r < n; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            double pivot = matrix[(r * n) + r], square = pivot;
            for (int k = 0; k < r; k++)
            {
                square -= matrix[(k * n) + r] * matrix[(k * n) + r];
            }

            double root = square > 1e-13 * pivot ? Math.Sqrt(square) : 0;
            for (int j = r + 1; j < n; j++)
            {
                double sum = matrix[(r * n) + j];
                for (int k = 0; k < r; k++)
                {
                    sum -= matrix[(k * n) + r] * matrix[(k * n) + j];
                }

                matrix[(r * n) + j] = root > 0 ? sum / root : 0;
            }

            matrix[(r * n) + r] = root;
            matrix.Slice(r * n, r).Clear();
        }
    }

    private static void Ensure(ref double[] array, int length)
    {
        if (array.Length < length)
        {
            array = new double[length];
        }
    }
}
