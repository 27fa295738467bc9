using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>
/// The exact-law draw against explicit measurements, by two-sample Kolmogorov–Smirnov tests on nine functionals. The total false-alarm
/// rate of the class is 1e-3 over seeds, split evenly over its comparisons (Bonferroni).
/// </summary>
public class ExactLawTests
{
    private const int Draws = 6000;
    private const int Comparisons = 256;
    private const double Level = 1e-3 / (Comparisons * MeasurementLaw.Functionals);

    /// <summary>What a batch is made of.</summary>
    public enum Batch
    {
        OneEnvironment,
        TwoEnvironments,
        Noise,
        NoiseAlone,
        TwoMatrices,
        TwoMatricesWithNoise,
        ParallelMatrices,
        Mixture,
        MixtureWithNoiseAndSecondMatrix,
        MixtureOfNoiseAlone,
    }

    public static TheoryData<Batch, int, int> Cases()
    {
        TheoryData<Batch, int, int> cases = [];
        foreach (Batch batch in Enum.GetValues<Batch>())
        {
            foreach (int m in new[] { 1, 2, 4, 16 })
            {
                cases.Add(batch, 4, m);
            }
        }

        cases.Add(Batch.OneEnvironment, 16, 4);
        cases.Add(Batch.TwoMatricesWithNoise, 16, 2);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HasTheLawOfExplicitMeasurements(Batch batch, int dimension, int samples)
    {
        double[] matrices = Matrices(batch, dimension);
        ExactLawMeasurements<double> exact = new(dimension, 11);
        double[][] drawn = MeasurementLaw.Sample(dimension, matrices, Draws, (i, result) => Add(exact, batch, i, samples, matrices, result));
        RegeneratedMeasurements<double> regenerated = new(dimension, 12);
        double[][] explicitly = MeasurementLaw.Sample(dimension, matrices, Draws, (i, result) => Add(regenerated, batch, i, samples, matrices, result));
        Assert.True(MeasurementLaw.SmallestPValue(drawn, explicitly) > Level, "regenerated");

        // Stored measurements are fixed for a seed, so every draw has a seed of its own.
        double[][] stored = MeasurementLaw.Sample(
            dimension,
            matrices,
            Draws,
            (i, result) => Add(new StoredMeasurements<double>(dimension, 2 * samples, 1000 + (ulong)i), batch, i, samples, matrices, result));
        Assert.True(MeasurementLaw.SmallestPValue(drawn, stored) > Level, "stored");
    }

    [Theory]
    [InlineData("no projection")]
    [InlineData("m instead of chi-squared")]
    [InlineData("independent coefficients")]
    public void TheTestRejectsAWrongSampler(string fault)
    {
        double smallest = 1;
        foreach (int samples in new[] { 1, 2, 4, 16 })
        {
            double[] matrices = Matrices(Batch.OneEnvironment, 4);
            double[][] wrong = MeasurementLaw.Sample(4, matrices, Draws, (i, result) => DrawWrongly(fault, i, samples, matrices, result));
            RegeneratedMeasurements<double> regenerated = new(4, 12);
            double[][] right = MeasurementLaw.Sample(
                4, matrices, Draws, (i, result) => Add(regenerated, Batch.OneEnvironment, i, samples, matrices, result));
            smallest = Math.Min(smallest, MeasurementLaw.SmallestPValue(wrong, right));
        }

        Assert.True(smallest < Level, $"smallest p-value {smallest}");
    }

    // The control of the control: written out plainly and without a fault, the same sampler passes.
    [Fact]
    public void TheTestAcceptsTheRightSamplerWrittenPlainly()
    {
        foreach (int samples in new[] { 1, 2, 4, 16 })
        {
            double[] matrices = Matrices(Batch.OneEnvironment, 4);
            double[][] plain = MeasurementLaw.Sample(4, matrices, Draws, (i, result) => DrawWrongly("none", i, samples, matrices, result));
            RegeneratedMeasurements<double> regenerated = new(4, 13);
            double[][] right = MeasurementLaw.Sample(
                4, matrices, Draws, (i, result) => Add(regenerated, Batch.OneEnvironment, i, samples, matrices, result));
            Assert.True(MeasurementLaw.SmallestPValue(plain, right) > Level);
        }
    }

    [Fact]
    public void AZeroResidualWithoutNoiseGivesNothing()
    {
        double[] result = new double[10];
        new ExactLawMeasurements<double>(4, 1).Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 0.2 }, new double[10], result);
        Assert.All(result, value => Assert.Equal(0, value));
    }

    // What an observer asks for beside the residual must not change the run.
    [Theory]
    [InlineData(Batch.OneEnvironment, 16)]
    [InlineData(Batch.OneEnvironment, 1)]
    [InlineData(Batch.Noise, 16)]
    [InlineData(Batch.Noise, 1)]
    [InlineData(Batch.NoiseAlone, 4)]
    [InlineData(Batch.Mixture, 16)]
    [InlineData(Batch.MixtureWithNoiseAndSecondMatrix, 3)]
    public void TheFirstResultDoesNotDependOnTheMatricesBesideIt(Batch batch, int samples)
    {
        double[] alone = Matrices(batch, 5)[..15], beside = Data.Uniform<double>(30, 9);
        double[] one = new double[15], two = new double[30], three = new double[45];
        Add(new ExactLawMeasurements<double>(5, 3), batch, 2, samples, alone, one);
        Add(new ExactLawMeasurements<double>(5, 3), batch, 2, samples, [.. alone, .. beside[..15]], two);
        Add(new ExactLawMeasurements<double>(5, 3), batch, 2, samples, [.. alone, .. beside], three);
        Assert.Contains(one, value => value != 0);
        Assert.Equal(one, two[..15]);
        Assert.Equal(one, three[..15]);
        Assert.Equal(two[15..], three[15..30]);
    }

    // A second matrix almost on the first one's ray: the law still holds, so the part that is left must not be lost.
    [Fact]
    public void NearlyParallelMatricesKeepTheirDifference()
    {
        double[] first = Data.Uniform<double>(10, 5), rest = Data.Uniform<double>(10, 6);
        double[] matrices = [.. first, .. first.Zip(rest, (a, b) => a + (1e-7 * b))];
        double[][] Differences(MeasurementSource<double> source) => MeasurementLaw.Sample(4, first, Draws, (i, result) =>
        {
            double[] both = new double[20];
            source.Accumulate(new SampleGroup<double> { Step = i, Count = 3, Scale = 1 / 3.0 }, matrices, both);
            for (int k = 0; k < 10; k++)
            {
                result[k] = (both[10 + k] - both[k]) * 1e7;
            }
        });
        Assert.True(MeasurementLaw.SmallestPValue(Differences(new ExactLawMeasurements<double>(4, 1)), Differences(new RegeneratedMeasurements<double>(4, 2))) > Level);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WhatIsNotFiniteIsRefused(double bad)
    {
        double[] matrices = Data.Uniform<double>(20, 1);
        matrices[13] = bad;
        Assert.Equal("matrices", Assert.Throws<ArgumentException>(() =>
            new ExactLawMeasurements<double>(4, 1).Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 1 }, matrices, new double[20])).ParamName);
        Assert.Equal("directions", Assert.Throws<ArgumentException>(() => new ResidualMixture<double>(matrices, 2, 3)).ParamName);
    }

    [Fact]
    public void StepsAndGroupsAreIndependentDraws()
    {
        ExactLawMeasurements<double> source = new(4, 1);
        double[] matrix = Data.Uniform<double>(10);
        double[][] results = [new double[10], new double[10], new double[10], new double[10]];
        source.Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 0.2 }, matrix, results[0]);
        source.Accumulate(new SampleGroup<double> { Step = 1, Count = 5, Scale = 0.2 }, matrix, results[1]);
        source.Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 0.2, Group = 1 }, matrix, results[2]);
        source.Accumulate(new SampleGroup<double> { Step = 0, Count = 5, Scale = 0.2 }, matrix, results[3]);
        Assert.NotEqual(results[0], results[1]);
        Assert.NotEqual(results[0], results[2]);
        Assert.Equal(results[0], results[3]);
    }

    private static double[] Matrices(Batch batch, int dimension)
    {
        int p = Svec.Length(dimension);
        double[] first = batch is Batch.NoiseAlone or Batch.MixtureOfNoiseAlone ? new double[p] : Data.Uniform<double>(p, 5);
        return batch switch
        {
            Batch.TwoMatrices or Batch.TwoMatricesWithNoise or Batch.MixtureWithNoiseAndSecondMatrix => [.. first, .. Data.Uniform<double>(p, 6)],
            Batch.ParallelMatrices => [.. first, .. first.Select(value => -2 * value)],
            _ => first,
        };
    }

    private static void Add(MeasurementSource<double> source, Batch batch, int step, int samples, double[] matrices, double[] results)
    {
        bool noisy = batch is Batch.Noise or Batch.NoiseAlone or Batch.TwoMatricesWithNoise or Batch.MixtureWithNoiseAndSecondMatrix or Batch.MixtureOfNoiseAlone;
        SampleGroup<double> group = new()
        {
            Step = step,
            Count = samples,
            Scale = 1.0 / samples,
            NoiseDeviation = !noisy ? 0 : batch == Batch.MixtureOfNoiseAlone ? 3 : 0.7,
            Mixture = batch is Batch.Mixture or Batch.MixtureWithNoiseAndSecondMatrix or Batch.MixtureOfNoiseAlone ? Mixture(source.Dimension, samples) : null,
        };
        source.Accumulate(in group, matrices, results);
        if (batch == Batch.TwoEnvironments)
        {
            double[] other = [.. matrices.Select((value, i) => value + (i == 0 ? 2 : -0.3))];
            SampleGroup<double> second = new()
            {
                Step = step, Count = Math.Max(1, samples / 2), Scale = 1.0 / samples, Group = 1, FirstSample = samples,
            };
            source.Accumulate(in second, other, results);
        }
    }

    private static ResidualMixture<double> Mixture(int dimension, int samples)
    {
        ResidualMixture<double> mixture = new(Data.Uniform<double>(2 * Svec.Length(dimension), 8), 2, samples);
        Data.Uniform<double>(2 * samples, 9).CopyTo(mixture.Coefficients);
        return mixture;
    }

    private static void DrawWrongly(string fault, int step, int samples, double[] residual, double[] result)
    {
        RandomSequence sequence = new(new RandomStream(21, StreamPurpose.Coefficients, step));
        double[] gaussian = new double[residual.Length];
        new RandomStream(21, StreamPurpose.Measurements, step).FillGaussian<double>(0, gaussian);
        double norm = Math.Sqrt(MeasurementLaw.Dot(residual, residual));
        double square = sequence.NextChiSquared(samples);
        double root = fault == "independent coefficients" ? Math.Sqrt(sequence.NextChiSquared(samples)) : Math.Sqrt(square);
        double along = fault == "m instead of chi-squared" ? samples : square;
        double projection = fault == "no projection" ? 0 : MeasurementLaw.Dot(gaussian, residual) / norm;
        for (int i = 0; i < result.Length; i++)
        {
            double direction = residual[i] / norm;
            result[i] = norm / samples * ((along * direction) + (root * (gaussian[i] - (projection * direction))));
        }
    }
}
