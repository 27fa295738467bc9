using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>Rank-one measurements against plain double loops, and what makes their bits.</summary>
public class RankOneMeasurementsTests
{
    // Sizes around the edges of tiles, blocks of rows and ranges; noise, a mixture, truncation and responses all at once.
    [Fact]
    public void APassIsThePlainDoubleLoop()
        => Properties.Check(Properties.Between(0, 399), code =>
        {
            int d = 1 + (code % 20), m = 1 + (code * 37 % 1300), step = code % 3;
            foreach (MeasurementSource<double> source in Sources(d, m, 5))
            {
                int p = Svec.Length(d);
                double[] matrices = Data.Uniform<double>(2 * p, code), results = new double[2 * p], expected = new double[2 * p];
                ResidualMixture<double> mixture = new(Data.Uniform<double>(2 * p, code + 1), 2, m);
                Data.Uniform<double>(2 * m, code + 2).CopyTo(mixture.Coefficients);
                PredictionPass<double> pass = new(EstimateSpace.Matrices(d), 0.3 * d);
                pass.Begin(Data.Uniform<double>(p, code + 3));
                SampleGroup<double> group = new()
                {
                    Step = step, Count = m, Scale = 1.0 / m, NoiseDeviation = 0.4, NoiseSubstream = 2, Mixture = mixture, Predictions = pass,
                };
                source.Accumulate(in group, matrices, results);
                double[] x = new double[d], noise = new double[1];
                (double mean, long leftOut) = (0, 0);
                for (int i = 0; i < m; i++)
                {
                    CopyInput(source, step, i, x);
                    new RandomStream(5, StreamPurpose.Noise, step, 2).FillGaussian(i, noise);
                    double coefficient = Form(matrices.AsSpan(0, p), x) - (0.4 * noise[0]);
                    for (int v = 0; v < 2; v++)
                    {
                        coefficient += mixture.Coefficients[(2 * i) + v] * Form(mixture.Direction(v), x);
                    }

                    double prediction = Form(pass.Matrix, x);
                    mean += (prediction - coefficient) / m;
                    if (prediction > 0.3 * d)
                    {
                        leftOut++;
                        continue;
                    }

                    AddOuter(coefficient / m, x, expected.AsSpan(0, p));
                    AddOuter(Form(matrices.AsSpan(p, p), x) / m, x, expected.AsSpan(p, p));
                }

                AssertClose(expected, results, 1e-12);
                Assert.Equal(mean, pass.ResponseMean, 1e-12 * d * d);
                Assert.Equal((m, leftOut), (pass.Samples, pass.LeftOut));
            }
        });

    [Fact]
    public void AGroupMayStartAnywhere()
    {
        const int D = 9, First = 13, Count = 777;
        double[] matrix = Data.Uniform<double>(45, 1), x = new double[D];
        foreach (MeasurementSource<double> source in Sources(D, 1000, 8))
        {
            double[] actual = new double[45], expected = new double[45];
            source.Accumulate(new SampleGroup<double> { Step = 0, FirstSample = First, Count = Count, Scale = 1.0 / Count }, matrix, actual);
            for (int i = First; i < First + Count; i++)
            {
                CopyInput(source, 0, i, x);
                AddOuter(Form(matrix, x) / Count, x, expected);
            }

            AssertClose(expected, actual, 1e-12);
        }
    }

    [Fact]
    public void StoredInputsAreThoseOfStepZeroWhereverTheyLie()
    {
        const int D = 10, M = 500;
        double[] matrix = Data.Uniform<double>(55, 7), fresh = new double[55], whole = new double[55], cut = new double[55], own = new double[55];
        SampleGroup<double> group = new() { Step = 0, Count = M, Scale = 1.0 / M };
        new RankOneMeasurements<double>(D, 5).Accumulate(in group, matrix, fresh);
        StoredRankOneMeasurements<double> stored = new(D, M, 5);
        stored.Accumulate(in group, matrix, whole);

        // 31 rows of 16 numbers in an array: tiles straddle arrays.
        new StoredRankOneMeasurements<double>(D, M, 1, 5, null, chunkElements: 500).Accumulate(in group, matrix, cut);
        double[] inputs = new double[D * M];
        for (int i = 0; i < M; i++)
        {
            stored.CopyInput(i, inputs.AsSpan(i * D, D));
        }

        new StoredRankOneMeasurements<double>(D, inputs, 5).Accumulate(in group, matrix, own);
        Assert.Equal(fresh, whole);
        Assert.Equal(fresh, cut);
        Assert.Equal(fresh, own);
    }

    [Theory]
    [InlineData(12, 5000)]
    [InlineData(100, 2500)]
    public void AnyTeamGivesTheSameBits(int dimension, int samples)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int p = Svec.Length(dimension);
            T[] matrix = Data.Uniform<T>(p, 3), alone = new T[p];
            SampleGroup<T> group = new() { Step = 2, Count = samples, Scale = 1.0 / samples, NoiseDeviation = 0.1 };
            new RankOneMeasurements<T>(dimension, 4).Accumulate(in group, matrix, alone);
            foreach (int degree in new[] { 2, 3, 8 })
            {
                using WorkerTeam team = new(degree);
                T[] shared = new T[p];
                new RankOneMeasurements<T>(dimension, 4, team).Accumulate(in group, matrix, shared);
                Assert.Equal(alone, shared);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void EverySetHasInputsOfItsOwn(int set)
    {
        // Inputs of 16 numbers stand side by side in the stream.
        const int D = 16, M = 200, P = 136;
        double[] matrix = Data.Uniform<double>(P, 1), inputs = new double[M * D], actual = new double[P], expected = new double[P];
        new RandomStream(5, StreamPurpose.Measurements, 2, set).FillGaussian(inputs.AsSpan());
        new RankOneMeasurements<double>(D, 5).Accumulate(
            new SampleGroup<double> { Step = 2, Count = M, Scale = 1.0 / M, MeasurementSet = set }, matrix, actual);
        for (int i = 0; i < M; i++)
        {
            double[] x = inputs[(i * D)..((i + 1) * D)];
            AddOuter(Form(matrix, x) / M, x, expected);
        }

        AssertClose(expected, actual, 1e-12);
    }

    // As few ranges as hold six tiles of 96 samples each, if there may be so many: 32, and of d² numbers as many as make 2²³ or else four.
    [Theory]
    [InlineData(1, 32)]
    [InlineData(512, 32)]
    [InlineData(1000, 8)]
    [InlineData(5000, 4)]
    public void RangesHoldSixTiles(int dimension, int most)
    {
        foreach (long samples in new long[] { 1, 576, 577, 1056, 1152, 1153, 2305, 18_432, 18_433, 1_000_000 })
        {
            int expected = 1;
            while (expected < most && expected * 6L * 96 < samples)
            {
                expected++;
            }

            Assert.Equal(expected, RankOneAccumulator<double>.SlotsOf(dimension, samples));
        }
    }

    // ⟨X, D⟩X with D = X/‖X‖, for which it is largest: its rows have the lengths |x_i|·‖x‖³.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void RowsStayBelowTheGrowthBound(int dimension)
    {
        foreach (MeasurementSource<double> source in Sources(dimension, 2000, 6))
        {
            double[] x = new double[dimension];
            for (int i = 0; i < 2000; i++)
            {
                CopyInput(source, 0, i, x);
                Assert.InRange(x.Max(Math.Abs) * Math.Pow(x.Sum(entry => entry * entry), 1.5), 0, source.GrowthBound);
            }
        }
    }

    // A million inputs of two numbers: the mean of xᵀDx·xxᵀ is off by about σ/√m with σ below 20, and tells 2D from D. False alarms: 6σ, below 1e-8.
    [Fact]
    public void TheMeanIsTwiceTheMatrixAndItsTrace()
    {
        const int M = 1_000_000;
        double[] matrix = [0.7, 0.5 * Math.Sqrt(2), -0.2], result = new double[3];
        new RankOneMeasurements<double>(2, 3).Accumulate(new SampleGroup<double> { Step = 0, Count = M, Scale = 1.0 / M }, matrix, result);
        double[] mean = [.. matrix];
        new RankOneMeasurements<double>(2, 3).ToMean(mean);
        double[] expected = [1.4 + 0.5, Math.Sqrt(2), -0.4 + 0.5];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], mean[i], 1e-14);
            Assert.Equal(mean[i], result[i], 6 * 20 / Math.Sqrt(M));
        }
    }

    // (20) subtracts M, and the mean of ⟨X, M⟩X is 2M + tr(M)·I: for M = e_1e_1ᵀ diag(2, 1, 1) is left. The deviation of x_1⁴, the widest, is √96; five of them over √m.
    [Fact]
    public void TheRipErrorIsNotZeroInTheMean()
    {
        const int M = 400_000;
        double[] matrix = new double[6], error = new double[6];
        matrix[0] = 1;
        RipError.Apply<double>(new RankOneMeasurements<double>(3, 1), M, 0, matrix, error);
        double[] expected = new double[6];
        (expected[0], expected[Svec.IndexOf(1, 1)], expected[Svec.IndexOf(2, 2)]) = (2, 1, 1);
        Assert.All(expected.Zip(error), pair => Assert.Equal(pair.First, pair.Second, 5 * Math.Sqrt(96.0 / M)));
    }

    [Fact]
    public void SourcesWithoutSamplesRefusePredictions()
    {
        PredictionPass<double> pass = new(EstimateSpace.Matrices(3), 2);
        SampleGroup<double> group = new() { Step = 0, Count = 4, Scale = 1, Predictions = pass };
        foreach (MeasurementSource<double> source in new MeasurementSource<double>[]
        {
            new ExactLawMeasurements<double>(3, 1), new PopulationMeasurements<double>(3), new GramMeasurements(3, 4, 1),
        })
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => source.Accumulate(in group, new double[6], new double[6]));
            Assert.Contains("Predictions", refusal.Message, StringComparison.Ordinal);
        }
    }

    // The same samples of general measurements, cut by hand.
    [Fact]
    public void TruncationCutsGeneralMeasurementsToo()
    {
        const int D = 4, P = 10, M = 300;
        RegeneratedMeasurements<double> source = new(D, 5);
        double[] matrix = Data.Uniform<double>(P, 1), result = new double[P], expected = new double[P], x = new double[P];
        PredictionPass<double> pass = new(EstimateSpace.Matrices(D), 0.5);
        pass.Begin(Data.Uniform<double>(P, 2));
        source.Accumulate(new SampleGroup<double> { Step = 1, Count = M, Scale = 1.0 / M, Predictions = pass }, matrix, result);
        long leftOut = 0;
        for (int i = 0; i < M; i++)
        {
            source.CopySample(1, i, x);
            if (MeasurementLaw.Dot(x, pass.Matrix) > 0.5)
            {
                leftOut++;
                continue;
            }

            double coefficient = MeasurementLaw.Dot(x, matrix) / M;
            for (int j = 0; j < P; j++)
            {
                expected[j] += coefficient * x[j];
            }
        }

        Assert.InRange(leftOut, 1, M - 1);
        Assert.Equal(leftOut, pass.LeftOut);
        AssertClose(expected, result, 1e-12);
    }

    private static MeasurementSource<double>[] Sources(int dimension, int samples, ulong seed)
        => [new RankOneMeasurements<double>(dimension, seed), new StoredRankOneMeasurements<double>(dimension, samples, seed)];

    private static void CopyInput(MeasurementSource<double> source, int step, long sample, double[] input)
    {
        if (source is RankOneMeasurements<double> fresh)
        {
            fresh.CopyInput(step, sample, input);
        }
        else
        {
            ((StoredRankOneMeasurements<double>)source).CopyInput(sample, input);
        }
    }

    private static double Form(ReadOnlySpan<double> svec, double[] x)
    {
        double form = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                double entry = svec[Svec.IndexOf(i, j)] / (i == j ? 1 : Math.Sqrt(2));
                form += x[i] * entry * x[j];
            }
        }

        return form;
    }

    private static void AddOuter(double weight, double[] x, Span<double> svec)
    {
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                svec[Svec.IndexOf(i, j)] += weight * x[i] * x[j] * (i == j ? 1 : Math.Sqrt(2));
            }
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        double norm = Math.Sqrt(MeasurementLaw.Dot(expected, expected));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * (norm + 1));
        }
    }
}
