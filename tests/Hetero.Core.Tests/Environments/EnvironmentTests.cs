using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Environments;

/// <summary>Distributions over environments and the shares of pooled batches. Statistical checks have a false-alarm rate of 1e-5.</summary>
public class EnvironmentTests
{
    private const int Draws = 50_000;

    [Fact]
    public void FiniteEnvironmentsAreDrawnWithTheirProbabilities()
    {
        FiniteEnvironments environments = new(1, [[5.0], [-1.0], [2.0]], [0.2, 0.5, 0.3]);
        long[] counts = new long[3];
        double[] sigma = new double[1], label = new double[1];
        for (int step = 0; step < Draws; step++)
        {
            int index = environments.Draw(new RandomStream(1, StreamPurpose.Environments, step), sigma, label);
            Assert.Equal(index, label[0]);
            Assert.Equal(index switch { 0 => 5.0, 1 => -1.0, _ => 2.0 }, sigma[0]);
            counts[index]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [0.2 * Draws, 0.5 * Draws, 0.3 * Draws]) > 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TwoPointDrawsBothPointsEquallyOften(bool ownDraws)
    {
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 0.5, 4, ownDraws);
        Assert.Equal(ownDraws ? 4 : 2, environments.Count);
        long[] counts = new long[environments.Count!.Value];
        double[] sigma = new double[4], byIndex = new double[4], label = new double[environments.LabelLength];
        for (int step = 0; step < Draws; step++)
        {
            int index = environments.Draw(new RandomStream(2, StreamPurpose.Environments, step), sigma, label);
            environments.CopyMatrix(index, byIndex);
            Assert.Equal(byIndex, sigma);
            Assert.Equal([label[0], 0, 0, label[^1]], sigma);
            Assert.All(label, s => Assert.True(s is -3.5 or 4.5));
            counts[index]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [.. counts.Select(_ => (double)Draws / counts.Length)]) > 1e-5);
    }

    [Fact]
    public void UniformIsUniformBetweenItsEnds()
    {
        DiagonalEnvironments environments = DiagonalEnvironments.Uniform(1, 1, 3);
        Assert.Null(environments.Count);
        double[] sigma = new double[1], label = new double[1], sample = new double[Draws];
        for (int step = 0; step < Draws; step++)
        {
            Assert.Equal(-1, environments.Draw(new RandomStream(3, StreamPurpose.Environments, step), sigma, label));
            sample[step] = sigma[0];
        }

        Assert.True(PlainStatistics.KolmogorovSmirnov(sample, s => Math.Clamp((s + 2) / 6, 0, 1)) > 1e-5);
    }

    [Fact]
    public void MeansAreExact()
    {
        double[] mean = new double[4];
        DiagonalEnvironments.TwoPoint(2, 0.5, 4).CopyMean(mean);
        Assert.Equal([0.5, 0, 0, 0.5], mean);
        new FiniteEnvironments(2, [[1, 2, 2, 3], [5, 0, 0, -1]], [0.25, 0.75]).CopyMean(mean);
        Assert.Equal([4, 0.5, 0.5, 0], mean);
    }

    [Theory]
    [InlineData(5600, new[] { 0.5, 0.5 }, new long[] { 2800, 2800 })]
    [InlineData(5601, new[] { 0.5, 0.5 }, new long[] { 2801, 2800 })]
    [InlineData(10, new[] { 0.34, 0.33, 0.33 }, new long[] { 4, 3, 3 })]
    [InlineData(3, new[] { 0.98, 0.01, 0.01 }, new long[] { 3, 0, 0 })]
    [InlineData(7, new[] { 0.25, 0.25, 0.25, 0.25 }, new long[] { 2, 2, 2, 1 })]
    public void StratifiedSharesAreByLargestRemainder(long samples, double[] probabilities, long[] expected)
    {
        FiniteEnvironments environments = new(1, [.. probabilities.Select(_ => new[] { 1.0 })], probabilities);
        long[] counts = new long[probabilities.Length];
        EnvironmentShares.Stratify(environments, samples, counts);
        Assert.Equal(expected, counts);
    }

    [Fact]
    public void DrawnSharesAreMultinomial()
    {
        FiniteEnvironments environments = new(1, [[1.0], [2.0], [3.0]], [0.2, 0.5, 0.3]);
        long[] counts = new long[3];
        double[][] samples = [new double[Draws], new double[Draws], new double[Draws]];
        for (int step = 0; step < Draws; step++)
        {
            EnvironmentShares.Draw(environments, 1000, new RandomStream(4, StreamPurpose.Assignment, step), counts);
            Assert.Equal(1000, counts.Sum());
            for (int e = 0; e < 3; e++)
            {
                samples[e][step] = counts[e];
            }
        }

        double[] probabilities = [0.2, 0.5, 0.3];
        for (int e = 0; e < 3; e++)
        {
            double variance = 1000 * probabilities[e] * (1 - probabilities[e]), average = samples[e].Average();
            Assert.Equal(1000 * probabilities[e], average, 4.5 * Math.Sqrt(variance / Draws));
            Assert.Equal(variance, samples[e].Sum(count => (count - average) * (count - average)) / Draws, 4.5 * variance * Math.Sqrt(2.0 / Draws));
        }
    }

    [Fact]
    public void StratifiedScalarsFillEveryStratumOnce()
    {
        DiagonalEnvironments environments = DiagonalEnvironments.Uniform(3, 0, 1, ownDraws: true);
        const int M = 50;
        double[] coefficients = new double[3 * M];
        ScalarAssignment.Fill(environments, PooledSampling.Stratified, M, new RandomStream(1, StreamPurpose.Assignment), coefficients, new int[M]);
        for (int j = 0; j < 3; j++)
        {
            int[] strata = [.. Enumerable.Range(0, M).Select(i => (int)Math.Floor((1 - coefficients[(3 * i) + j]) / 2 * M)).Order()];
            Assert.Equal(Enumerable.Range(0, M), strata);
        }

        Assert.NotEqual(
            Enumerable.Range(0, M).Select(i => (int)(coefficients[3 * i] * M)),
            Enumerable.Range(0, M).Select(i => (int)(coefficients[(3 * i) + 1] * M)));
    }

    [Fact]
    public void StratifiedTwoPointScalarsHaveEqualShares()
    {
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(5, 0, 1, ownDraws: true);
        double[] coefficients = new double[5 * 70];
        ScalarAssignment.Fill(environments, PooledSampling.Stratified, 70, new RandomStream(1, StreamPurpose.Assignment), coefficients, new int[70]);
        int[] counts = [.. Enumerable.Range(0, 70).GroupBy(i => string.Join(';', coefficients[(5 * i)..((5 * i) + 5)])).Select(group => group.Count())];
        Assert.Equal(32, counts.Length);
        Assert.Equal([.. Enumerable.Repeat(3, 6), .. Enumerable.Repeat(2, 26)], counts);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("mean", Assert.Throws<ArgumentOutOfRangeException>(() => DiagonalEnvironments.TwoPoint(1, double.NaN, 1)).ParamName);
        Assert.Equal("spread", Assert.Throws<ArgumentOutOfRangeException>(() => DiagonalEnvironments.TwoPoint(1, 1, -1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => DiagonalEnvironments.TwoPoint(0, 1, 1));
        Assert.Contains("symmetric", Assert.Throws<ArgumentException>(() => new FiniteEnvironments(2, [[1, 2, 3, 4]])).Message, StringComparison.Ordinal);
        Assert.Contains("sum", Assert.Throws<ArgumentException>(() => new FiniteEnvironments(1, [[1.0], [2.0]], [0.5, 0.6])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FiniteEnvironments(1, []));
        Assert.Throws<ArgumentException>(() => new FiniteEnvironments(2, [[1.0]]));
        Assert.Throws<ArgumentException>(() => new FiniteEnvironments(1, [[double.PositiveInfinity]]));
        Assert.Throws<InvalidOperationException>(() => DiagonalEnvironments.Uniform(1, 1, 1).GetProbability(0));
        Assert.Throws<ArgumentException>(() => EnvironmentShares.Stratify(DiagonalEnvironments.Uniform(1, 1, 1), 5, new long[2]));
    }
}
