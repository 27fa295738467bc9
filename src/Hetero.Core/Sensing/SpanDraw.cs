using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// The exact-law draw of Σ c_i X_i inside a span of q columns B that all residuals lie in, D_i = B·D^B_i·Bᵀ: there the sum is ‖c‖·BᵀW'B, a q×q
/// matrix, and outside of it ‖c‖ times an independent Gaussian matrix.
/// </summary>
/// <remarks>Matrices are in svec form. The random numbers are those of <see cref="ExactLawMeasurements{T}"/> on q×q matrices. Not thread-safe: owns
/// scratch memory.</remarks>
internal sealed class SpanDraw<T>(int columns, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _gaussian = new double[Svec.Length(columns)];
    private readonly T[] _drawn = new T[Svec.Length(columns)];
    private readonly OrthonormalSpan<double> _span = new(Svec.Length(columns), team: null);
    private readonly MixtureCoefficients<T> _mixture = new(seed);

    /// <summary>Gets Scale·‖c‖·BᵀW'B.</summary>
    public ReadOnlySpan<double> Inside => _gaussian;

    /// <summary>Gets the entry of the measurement stream that comes after those of the matrix.</summary>
    public long EntriesBefore => GaussianFill.PaddedLength<T>(_gaussian.Length);

    /// <summary>The bytes of a draw.</summary>
    public static Int128 BytesOf(int columns, int directions)
    {
        Int128 length = Svec.Length(columns);
        return RunSizes.Bytes<double>(length * (directions == 0 ? 1 : 2 + (Int128)directions)) + RunSizes.Bytes<T>(length);
    }

    /// <summary>The stream of the matrices that a group's draw starts from.</summary>
    public RandomStream StreamOf(in SampleGroup<T> group) => new(seed, StreamPurpose.Measurements, group.Step, group.Group);

    /// <summary>Draws for one residual.</summary>
    /// <returns>Scale·‖c‖, the deviation outside the span.</returns>
    public double Draw(in SampleGroup<T> group, ReadOnlySpan<double> residual)
    {
        double norm = _span.Norm(residual);
        RotatedSum sum = new(norm, group.NoiseDeviation);
        if (sum.Nu == 0)
        {
            Array.Clear(_gaussian);
            return 0;
        }

        RandomSequence sequence = new(new RandomStream(seed, StreamPurpose.Coefficients, group.Step, group.Group));
        double chi = Math.Sqrt(sequence.NextChiSquared(group.Count)), weight = group.Scale * sum.Nu * chi, scaled = Math.ScaleB(weight, sum.Exponent);
        Fill(in group);
        double along = norm > 0 ? weight * sum.Along(chi, ScaledProducts.Component(_gaussian, residual, norm)) : 0;
        TensorPrimitives.Multiply(_gaussian, scaled, _gaussian);
        TensorPrimitives.FusedMultiplyAdd(residual, along, _gaussian, _gaussian);
        return scaled;
    }

    /// <summary>Draws for residuals that differ from sample to sample in the span of a few directions.</summary>
    /// <param name="group">The samples, with their mixture.</param>
    /// <param name="residual">What their residuals have in common.</param>
    /// <param name="directions">The directions, one after another.</param>
    /// <param name="cancellation">Gives the draw up.</param>
    /// <returns>Scale·‖c‖, the deviation outside the span.</returns>
    public double DrawMixture(in SampleGroup<T> group, ReadOnlySpan<double> residual, ReadOnlySpan<double> directions, CancellationToken cancellation)
    {
        ResidualMixture<T> mixture = group.Mixture!;
        _span.Clear(1 + mixture.Count);
        _mixture.Prepare(1 + mixture.Count);
        _span.Extend(residual, _mixture.Row(0));
        for (int v = 0; v < mixture.Count; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            _span.Extend(directions.Slice(v * _gaussian.Length, _gaussian.Length), _mixture.Row(1 + v));
        }

        // The first row of the triangle has W' along the residuals' span, and ‖c‖.
        ReadOnlySpan<double> row = _mixture.Triangle(in group, mixture, _span.Order, out int exponent, cancellation);
        Fill(in group);
        for (int a = 0; a < _span.Order; a++)
        {
            _span.SetComponent(_gaussian, a, row[a + 1]);
        }

        double weight = Math.ScaleB(group.Scale * row[0], exponent);
        TensorPrimitives.Multiply(_gaussian, weight, _gaussian);
        return weight;
    }

    private void Fill(in SampleGroup<T> group)
    {
        StreamOf(in group).FillGaussian<T>(0, _drawn);
        for (int i = 0; i < _drawn.Length; i++)
        {
            _gaussian[i] = double.CreateTruncating(_drawn[i]);
        }
    }
}
