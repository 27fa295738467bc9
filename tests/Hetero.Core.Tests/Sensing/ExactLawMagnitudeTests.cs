using System.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>The exact law at every magnitude: a draw is homogeneous in residual, noise and mixture, down to subnormal numbers and up to the largest.</summary>
public class ExactLawMagnitudeTests
{
    private const int Dimension = 4;
    private const int Length = 10;

    [Fact]
    public void ADrawIsHomogeneousInSingle()
    {
        int[] exponents = [-149, -148, -140, -127, -126, -100, -60, -41, -39, 39, 41, 60, 100, 120];
        Assert.All(exponents, CheckAll<float>);
    }

    [Fact]
    public void ADrawIsHomogeneousInDouble()
    {
        int[] exponents =
        [
            -1074, -1073, -1060, -1023, -1022, -1000, -700, -512, -470, -460, -149, -41, -39, 39, 41, 100, 127, 128, 460, 470, 511, 700, 1000, 1015,
        ];
        Assert.All(exponents, CheckAll<double>);
    }

    // Written down from the proof: Σ c_i X_i = νχ·W', with W' = W but for ρχ + √(1 − ρ²)·⟨W, D̂⟩ along D̂.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 1e-3)]
    [InlineData(1e-3, 1)]
    [InlineData(1, 1e-8)]
    [InlineData(1e-8, 1)]
    [InlineData(1e-20, 1)]
    [InlineData(1e-200, 1)]
    [InlineData(1e100, 1)]
    [InlineData(1, 1e-300)]
    public void ANoisyDrawIsThatOfTheProof(double size, double sigma)
    {
        double[] plain = Data.Uniform<double>(Length, 3), residual = [.. plain.Select(value => size * value)], result = new double[Length], w = new double[Length];
        SampleGroup<double> group = new() { Step = 6, Count = 9, Scale = 1, NoiseDeviation = sigma };
        new ExactLawMeasurements<double>(Dimension, 5).Accumulate(in group, residual, result);
        new RandomStream(5, StreamPurpose.Measurements, 6).FillGaussian<double>(0, w);
        double chi = Math.Sqrt(new RandomSequence(new RandomStream(5, StreamPurpose.Coefficients, 6)).NextChiSquared(9));
        double largest = Math.Max(size, sigma), unit = Math.Sqrt(MeasurementLaw.Dot(plain, plain));
        double norm = size * unit / largest, s = sigma / largest, nu = Math.Sqrt((norm * norm) + (s * s)), rho = norm / nu;
        double[] direction = [.. plain.Select(value => value / unit)];
        double g = MeasurementLaw.Dot(w, direction), along = (rho * chi) + (((s / nu) - 1) * g);
        for (int i = 0; i < Length; i++)
        {
            double expected = nu * chi * (w[i] + (size == 0 ? 0 : along * direction[i]));
            Assert.Equal(expected, result[i] / largest, 1e-13 * nu * chi * (Math.Abs(w[i]) + chi + 1));
        }
    }

    [Fact]
    public void ANormBeyondDoubleIsRefusedByName()
    {
        SampleGroup<double> group = new() { Step = 0, Count = 8, Scale = 1 };
        double[] huge = [1.7e308, 1.7e308, 1.7e308], result = new double[3];
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new ExactLawMeasurements<double>(2, 1).Accumulate(in group, huge, result));
        Assert.Equal("matrices", refusal.ParamName);
        Assert.All(result, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void CoefficientsThatAreNotFiniteAreRefused(double bad)
    {
        ResidualMixture<double> mixture = new(Data.Uniform<double>(Length), 1, 4);
        mixture.Coefficients[2] = bad;
        SampleGroup<double> group = new() { Step = 0, Count = 3, Scale = 1, Mixture = mixture };
        foreach (MeasurementSource<double> source in new MeasurementSource<double>[]
        {
            new ExactLawMeasurements<double>(Dimension, 1),
            new RegeneratedMeasurements<double>(Dimension, 1),
            new PopulationMeasurements<double>(Dimension),
        })
        {
            Assert.Equal(
                "group.Mixture.Coefficients",
                Assert.Throws<ArgumentException>(() => source.Accumulate(in group, new double[Length], new double[Length])).ParamName);
        }
    }

    private static void CheckAll<T>(int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (bool noisy in new[] { false, true })
        {
            foreach (bool mixed in new[] { false, true })
            {
                foreach (int matrices in new[] { 1, 2 })
                {
                    foreach (int samples in new[] { 1, 7 })
                    {
                        Check<T>(exponent, noisy, mixed, matrices, samples);
                    }
                }
            }
        }
    }

    /// <summary>Everything times 2^exponent gives the result times 2^exponent, up to round-off and to what subnormal numbers cannot hold.</summary>
    private static void Check<T>(int exponent, bool noisy, bool mixed, int matrices, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // What rounding to subnormal numbers takes away is taken from the plain matrices too.
        T[] scaled = [.. Data.Uniform<T>(matrices * Length, 5).Select(value => T.ScaleB(value, exponent))];
        T[] plain = [.. scaled.Select(value => T.ScaleB(value, -exponent))];
        double sigma = noisy ? Math.ScaleB(Math.ScaleB(0.7, exponent), -exponent) : 0;
        double[] coefficients = [.. Data.Uniform<double>(2 * samples, 9).Select(value => Math.ScaleB(Math.ScaleB(value, exponent), -exponent))];
        T[] expected = Draw(plain, sigma, coefficients, 0), actual = Draw(scaled, sigma, coefficients, exponent);
        double size = expected[..Length].Max(value => double.CreateTruncating(T.Abs(value)));
        double ulp = double.CreateTruncating(Data.Epsilon<T>()), quantum = Math.ScaleB(double.CreateTruncating(T.Epsilon), -exponent);
        double tolerance = (64 * ulp * Math.Max(size, 1)) + (24 * quantum);
        for (int i = 0; i < expected.Length; i++)
        {
            double found = double.CreateTruncating(T.ScaleB(actual[i], -exponent));
            Assert.True(
                Math.Abs(double.CreateTruncating(expected[i]) - found) <= tolerance,
                $"2^{exponent}, noisy {noisy}, mixed {mixed}, {matrices} matrices, {samples} samples, entry {i}: {expected[i]} and {found}");
        }

        T[] Draw(T[] input, double deviation, double[] weights, int power)
        {
            ResidualMixture<T> mixture = new(Data.Uniform<T>(2 * Length, 8), 2, samples);
            weights.Select(value => Math.ScaleB(value, power)).ToArray().CopyTo(mixture.Coefficients);
            SampleGroup<T> group = new()
            {
                Step = 2, Count = samples, Scale = 1.0 / samples, NoiseDeviation = Math.ScaleB(deviation, power), Mixture = mixed ? mixture : null,
            };
            T[] results = new T[input.Length];
            new ExactLawMeasurements<T>(Dimension, 3).Accumulate(in group, input, results);
            return results;
        }
    }
}
