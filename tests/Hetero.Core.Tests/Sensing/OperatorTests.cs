using System.Numerics;
using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>Operators against plain sums, and what makes them operators.</summary>
public class OperatorTests
{
    [Fact]
    public void RegeneratedIsThePlainSum()
        => Properties.Check(MeasurementArbitrary.Any(), batch =>
        {
            (int d, int m, int seed) = (batch.Dimension, batch.Samples, (int)batch.Seed);
            RegeneratedMeasurements<double> source = new(d, (ulong)seed);
            double[] matrices = Data.Uniform<double>(2 * Svec.Length(d), seed);
            double[] results = new double[matrices.Length];
            source.Accumulate(new SampleGroup<double> { Step = 4, Count = m, Scale = 1.0 / m }, matrices, results);
            AssertClose(PlainSum(matrices, 2, m, 1.0 / m, (i, x) => source.CopySample(4, i, x)), results, m);
        });

    // Many panels in every range of samples, more ranges than panels, and a second measurement set.
    [Theory]
    [InlineData(3, 5003, 0)]
    [InlineData(30, 700, 0)]
    [InlineData(3, 1000, 2)]
    public void LongBatchesAreThePlainSum(int dimension, int samples, int set)
    {
        int p = Svec.Length(dimension);
        double[] matrix = Data.Uniform<double>(p, 7), noise = new double[1];
        SampleGroup<double> group = new()
        {
            Step = 0, Count = samples - 11, FirstSample = 11, Scale = 1.0 / samples, MeasurementSet = set, NoiseDeviation = 0.3, NoiseSubstream = 4,
        };
        foreach (MeasurementSource<double> source in new MeasurementSource<double>[]
        {
            new RegeneratedMeasurements<double>(dimension, 5), new StoredMeasurements<double>(dimension, samples, 5, null, 3),
        })
        {
            double[] actual = new double[p], expected = new double[p], x = new double[p];
            source.Accumulate(in group, matrix, actual);
            for (int i = 11; i < samples; i++)
            {
                new Hetero.Core.Random.RandomStream(5, Hetero.Core.Random.StreamPurpose.Measurements, 0, set)
                    .FillGaussian<double>((long)i * ((p + 15) / 16 * 16), x);
                new Hetero.Core.Random.RandomStream(5, Hetero.Core.Random.StreamPurpose.Noise, 0, 4).FillGaussian<double>(i, noise);
                double coefficient = (MeasurementLaw.Dot(x, matrix) - (0.3 * noise[0])) / samples;
                for (int j = 0; j < p; j++)
                {
                    expected[j] += coefficient * x[j];
                }
            }

            AssertClose(expected, actual, samples);
        }
    }

    [Fact]
    public void StoredRowsMayLieInSeveralArrays()
    {
        double[] matrix = Data.Uniform<double>(10, 7), whole = new double[10], cut = new double[10];
        SampleGroup<double> group = new() { Step = 0, Count = 50, Scale = 0.02 };
        new StoredMeasurements<double>(4, 50, 5).Accumulate(in group, matrix, whole);
        new StoredMeasurements<double>(4, 50, 1, 5, null, chunkElements: 100).Accumulate(in group, matrix, cut);
        Assert.Equal(whole, cut);
    }

    [Fact]
    public void ThePopulationOfAMixtureIsItsMean()
    {
        double[] residual = Data.Uniform<double>(10, 1), directions = Data.Uniform<double>(20, 2), result = new double[10];
        ResidualMixture<double> mixture = new(directions, 2, 3);
        new double[] { 1, -2, 3, 0.5, -1, 0.25 }.CopyTo(mixture.Coefficients);
        new PopulationMeasurements<double>(4).Accumulate(new SampleGroup<double> { Step = 0, Count = 3, Scale = 0.5, Mixture = mixture }, residual, result);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal((1.5 * residual[i]) + (0.5 * 3 * directions[i]) - (0.5 * 1.25 * directions[10 + i]), result[i], 1e-14);
        }
    }

    [Fact]
    public void RipErrorKeepsItsInputWhenItRefuses()
    {
        double[] shared = Data.Uniform<double>(20), before = (double[])shared.Clone();
        Assert.Throws<ArgumentException>(() => RipError.Apply(new PopulationMeasurements<double>(4), 8, 0, shared.AsSpan(0, 10), shared.AsSpan(5, 10)));
        Assert.Equal(before, shared);
    }

    // For a draw the RIP error of a step is independent of the step's own gradient.
    [Fact]
    public void RipErrorOfADrawIsADrawOfItsOwn()
    {
        ExactLawMeasurements<double> source = new(4, 1);
        double[] matrix = Data.Uniform<double>(10), error = new double[10], gradient = new double[10];
        RipError.Apply<double>(source, 5, 3, matrix, error);
        source.Accumulate(new SampleGroup<double> { Step = 3, Count = 5, Scale = 0.2 }, matrix, gradient);
        Assert.NotEqual(gradient[0] - matrix[0], error[0]);
    }

    [Fact]
    public void StoredIsThePlainSumAndHasTheFirstStepOfRegenerated()
        => Properties.Check(MeasurementArbitrary.Any(), batch =>
        {
            (int d, int m, int seed) = (batch.Dimension, batch.Samples, (int)batch.Seed);
            StoredMeasurements<double> source = new(d, m, (ulong)seed);
            double[] matrix = Data.Uniform<double>(Svec.Length(d), seed);
            double[] stored = new double[matrix.Length], regenerated = new double[matrix.Length];
            SampleGroup<double> group = new() { Step = 0, Count = m, Scale = 1.0 / m, NoiseDeviation = 0.5 };
            source.Accumulate(in group, matrix, stored);
            new RegeneratedMeasurements<double>(d, (ulong)seed).Accumulate(in group, matrix, regenerated);
            Assert.Equal(regenerated, stored);
        });

    [Fact]
    public void GivenMeasurementsAreUsedAsTheyAre()
    {
        double[] rows = Data.Uniform<double>(10 * 40, 3), matrix = Data.Uniform<double>(10, 4), result = new double[10];
        StoredMeasurements<double> source = new(4, rows, 1);
        source.Accumulate(new SampleGroup<double> { Step = 9, Count = 40, Scale = 0.5 }, matrix, result);
        AssertClose(PlainSum(matrix, 1, 40, 0.5, (i, x) => rows.AsSpan(i * 10, 10).CopyTo(x)), result, 40);
    }

    [Fact]
    public void ApplyingIsLinearAndSelfAdjoint()
        => Properties.Check(MeasurementArbitrary.Any(), batch =>
        {
            (int d, int m, int seed) = (batch.Dimension, batch.Samples, (int)batch.Seed);
            foreach (MeasurementSource<double> source in Operators(d, m, (ulong)seed))
            {
                double[] x = Data.Uniform<double>(Svec.Length(d), seed), y = Data.Uniform<double>(Svec.Length(d), seed + 1);
                double[] combination = [.. x.Zip(y, (a, b) => (2 * a) - b)];
                double[] ex = Apply(source, m, x), ey = Apply(source, m, y), both = Apply(source, m, combination);
                double scale = 1e-12 * (1 + (Svec.Length(d) * 20));
                Assert.Equal(MeasurementLaw.Dot(ex, y), MeasurementLaw.Dot(x, ey), scale);
                for (int i = 0; i < both.Length; i++)
                {
                    Assert.Equal((2 * ex[i]) - ey[i], both[i], scale);
                }
            }
        });

    [Fact]
    public void ManyMatricesSeeTheSameMeasurements()
    {
        const int D = 5, M = 7, P = 15;
        double[] matrices = Data.Uniform<double>(3 * P, 2);
        foreach (MeasurementSource<double> source in Operators(D, M, 3))
        {
            double[] together = new double[3 * P];
            RipError.Apply<double>(source, M, 0, matrices, together);
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(Apply(source, M, matrices[(j * P)..((j + 1) * P)]), together[(j * P)..((j + 1) * P)]);
            }
        }
    }

    [Fact]
    public void MixturesAreThePlainSum()
    {
        const int D = 4, M = 70, P = 10;
        double[] residual = Data.Uniform<double>(P, 1), directions = Data.Uniform<double>(2 * P, 2), weights = Data.Uniform<double>(2 * M, 3);
        ResidualMixture<double> mixture = new(directions, 2, M);
        weights.CopyTo(mixture.Coefficients);
        StoredMeasurements<double> source = new(D, M, 6);
        double[] actual = new double[P], expected = new double[P], x = new double[P];
        source.Accumulate(new SampleGroup<double> { Step = 0, Count = M, Scale = 1.0 / M, Mixture = mixture }, residual, actual);
        for (int i = 0; i < M; i++)
        {
            source.CopySample(i, x);
            double[] own = [.. residual.Select((value, j) => value + (weights[2 * i] * directions[j]) + (weights[(2 * i) + 1] * directions[P + j]))];
            double coefficient = MeasurementLaw.Dot(x, own) / M;
            for (int j = 0; j < P; j++)
            {
                expected[j] += coefficient * x[j];
            }
        }

        AssertClose(expected, actual, M);
    }

    // E[⟨X, D⟩X] = D for this ensemble; with variance 1 off the diagonal it would be 2D − diag(D). 5 standard errors over 45 entries.
    [Fact]
    public void TheRipErrorHasMeanZeroAndShrinksLikeTheRootOfM()
    {
        const int D = 9, P = 45, Batches = 4000;
        double[] matrix = Data.Uniform<double>(P, 4);
        double norm = Math.Sqrt(MeasurementLaw.Dot(matrix, matrix));
        foreach (int m in new[] { 10, 160 })
        {
            foreach (MeasurementSource<double> source in new MeasurementSource<double>[] { new RegeneratedMeasurements<double>(D, 5), new ExactLawMeasurements<double>(D, 5) })
            {
                double[] mean = new double[P], error = new double[P];
                double square = 0;
                for (int step = 0; step < Batches; step++)
                {
                    RipError.Apply<double>(source, m, step, matrix, error);
                    square += MeasurementLaw.Dot(error, error) / Batches;
                    for (int i = 0; i < P; i++)
                    {
                        mean[i] += error[i] / Batches;
                    }
                }

                // Var of entry j of E∘(M) is (‖M‖² + M_j²)/m, so E‖E∘(M)‖² = (p + 1)·‖M‖²/m.
                Assert.Equal((P + 1) * norm * norm / m, square, 0.03 * (P + 1) * norm * norm / m);
                Assert.All(mean, value => Assert.InRange(value, -5 * norm * Math.Sqrt(2.0 / m / Batches), 5 * norm * Math.Sqrt(2.0 / m / Batches)));
            }
        }
    }

    [Fact]
    public void ThePopulationReturnsTheMatrix()
    {
        double[] matrix = Data.Uniform<double>(10), error = new double[10];
        RipError.Apply<double>(new PopulationMeasurements<double>(4), 8, 0, matrix, error);
        Assert.All(error, value => Assert.Equal(0, value, 1e-16));
    }

    [Fact]
    public void TheSymmetricEnsembleHasItsVariances()
    {
        const int D = 6, P = 21, Samples = 40_000;
        RegeneratedMeasurements<double> source = new(D, 8);
        double[] packed = new double[P], square = new double[D * D], sums = new double[D * D];
        for (int i = 0; i < Samples; i++)
        {
            source.CopySample(0, i, packed);
            Svec.Unpack<double>(packed, new MatrixSpan<double>(square, D, D));
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] += square[j] * square[j] / Samples;
            }
        }

        // Standard error of a variance v from n samples: v·√(2/n); 5 of them over 21 entries.
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                double variance = i == j ? 1 : 0.5;
                Assert.Equal(variance, sums[(i * D) + j], 5 * variance * Math.Sqrt(2.0 / Samples));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void TeamsGiveTheSameBits(int degree)
    {
        SameBitsOnATeam<double>(degree);
        SameBitsOnATeam<float>(degree);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        StoredMeasurements<double> source = new(4, 5, 1);
        SampleGroup<double> good = new() { Step = 0, Count = 5, Scale = 1 };
        Assert.Equal("matrices", Assert.Throws<ArgumentException>(() => source.Accumulate(in good, new double[9], new double[9])).ParamName);
        Assert.Equal("results", Assert.Throws<ArgumentException>(() => source.Accumulate(in good, new double[10], new double[20])).ParamName);
        double[] shared = new double[15];
        Assert.Throws<ArgumentException>(() => source.Accumulate(in good, shared.AsSpan(0, 10), shared.AsSpan(5, 10)));
        Assert.Equal("group", Assert.Throws<ArgumentException>(() => source.Accumulate(new SampleGroup<double> { Step = 0, Count = 6, Scale = 1 }, new double[10], new double[10])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 1, MeasurementSet = 1 }, new double[10], new double[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 1, NoiseDeviation = double.NaN }, new double[10], new double[10]));
        Assert.Equal("svecRows", Assert.Throws<ArgumentException>(() => new StoredMeasurements<double>(4, new double[11], 1)).ParamName);
        Assert.Equal("svecRows", Assert.Throws<ArgumentException>(() => new StoredMeasurements<double>(1, [double.NaN], 1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StoredMeasurements<double>(4, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegeneratedMeasurements<double>(0, 1));
    }

    private static void SameBitsOnATeam<T>(int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int D = 33, M = 100;
        using WorkerTeam team = new(degree);
        T[] matrix = Data.Uniform<T>(2 * Svec.Length(D), 1);
        SampleGroup<T> group = new() { Step = 0, Count = M, Scale = 1.0 / M, NoiseDeviation = 0.1 };
        foreach (Func<WorkerTeam?, MeasurementSource<T>> create in new Func<WorkerTeam?, MeasurementSource<T>>[]
        {
            workers => new RegeneratedMeasurements<T>(D, 1, workers),
            workers => new StoredMeasurements<T>(D, M, 1, workers),
            workers => new ExactLawMeasurements<T>(D, 1, workers),
        })
        {
            T[] alone = new T[matrix.Length], together = new T[matrix.Length];
            create(null).Accumulate(in group, matrix, alone);
            create(team).Accumulate(in group, matrix, together);
            Assert.Equal(alone, together);
        }
    }

    private static IEnumerable<MeasurementSource<double>> Operators(int d, int m, ulong seed)
        => [new PopulationMeasurements<double>(d), new RegeneratedMeasurements<double>(d, seed), new StoredMeasurements<double>(d, m, seed)];

    private static double[] Apply(MeasurementSource<double> source, int m, double[] matrix)
    {
        double[] error = new double[matrix.Length];
        RipError.Apply<double>(source, m, 0, matrix, error);
        return error;
    }

    private static double[] PlainSum(double[] matrices, int count, int m, double scale, Action<int, double[]> sample)
    {
        int p = matrices.Length / count;
        double[] sums = new double[matrices.Length], x = new double[p];
        for (int i = 0; i < m; i++)
        {
            sample(i, x);
            for (int j = 0; j < count; j++)
            {
                double product = MeasurementLaw.Dot(x, matrices.AsSpan(j * p, p)) * scale;
                for (int k = 0; k < p; k++)
                {
                    sums[(j * p) + k] += product * x[k];
                }
            }
        }

        return sums;
    }

    private static void AssertClose(double[] expected, double[] actual, int m)
    {
        double norm = Math.Sqrt(MeasurementLaw.Dot(expected, expected));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-14 * Math.Sqrt(m) * (norm + 1));
        }
    }
}
