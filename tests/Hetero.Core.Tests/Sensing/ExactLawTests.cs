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
        double[] first = batch == Batch.NoiseAlone ? new double[p] : Data.Uniform<double>(p, 5);
        return batch switch
        {
            Batch.TwoMatrices or Batch.TwoMatricesWithNoise or Batch.MixtureWithNoiseAndSecondMatrix => [.. first, .. Data.Uniform<double>(p, 6)],
            Batch.ParallelMatrices => [.. first, .. first.Select(value => -2 * value)],
            _ => first,
        };
    }

    private static void Add(MeasurementSource<double> source, Batch batch, int step, int samples, double[] matrices, double[] results)
    {
        bool noisy = batch is Batch.Noise or Batch.NoiseAlone or Batch.TwoMatricesWithNoise or Batch.MixtureWithNoiseAndSecondMatrix;
        SampleGroup<double> group = new()
        {
            Step = step,
            Count = samples,
            Scale = 1.0 / samples,
            NoiseDeviation = noisy ? 0.7 : 0,
            NoiseStep = step,
            Mixture = batch is Batch.Mixture or Batch.MixtureWithNoiseAndSecondMatrix ? Mixture(source.Dimension, samples) : null,
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
