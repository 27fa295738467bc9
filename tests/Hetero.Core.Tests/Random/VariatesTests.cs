using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Random;

/// <summary>χ², binomial, integer and Wishart variates. Every statistical check has a fixed seed and a false-alarm rate of 1e-5.</summary>
public class VariatesTests
{
    private const double FalseAlarm = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(8000)]
    public void ChiSquared_HasItsLaw(long degrees)
    {
        RandomSequence sequence = new(new RandomStream(1, StreamPurpose.User, (int)degrees));
        double[] sample = new double[50_000];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = sequence.NextChiSquared(degrees);
        }

        Assert.True(PlainStatistics.KolmogorovSmirnov(sample, x => PlainStatistics.ChiSquaredCdf(x, degrees)) > FalseAlarm);
    }

    // At a billion degrees (χ² − n)/√(2n) is N(0,1) to within 1e-5.
    [Fact]
    public void ChiSquared_OfABillionDegreesIsNormal()
    {
        RandomSequence sequence = new(new RandomStream(2, StreamPurpose.User));
        double[] sample = new double[50_000];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = (sequence.NextChiSquared(1_000_000_000) - 1e9) / Math.Sqrt(2e9);
        }

        Assert.True(PlainStatistics.KolmogorovSmirnov(sample, PlainStatistics.NormalCdf) > FalseAlarm);
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(7, 0.5)]
    [InlineData(16, 0.9)]
    [InlineData(17, 0.1)]
    [InlineData(40, 0.5)]
    [InlineData(200, 0.02)]
    [InlineData(5600, 0.5)]
    public void Binomial_HasItsLaw(int trials, double probability)
    {
        const int Draws = 100_000;
        RandomSequence sequence = new(new RandomStream(3, StreamPurpose.User, trials));
        long[] counts = new long[trials + 1];
        for (int i = 0; i < Draws; i++)
        {
            counts[sequence.NextBinomial(trials, probability)]++;
        }

        // Cells with few expected counts are merged into their neighbours.
        List<long> merged = [0];
        List<double> expected = [0];
        for (int k = 0; k <= trials; k++)
        {
            double logarithm = PlainStatistics.LogGamma(trials + 1) - PlainStatistics.LogGamma(k + 1) - PlainStatistics.LogGamma(trials - k + 1)
                + (k * Math.Log(probability)) + ((trials - k) * Math.Log(1 - probability));
            if (expected[^1] >= 10)
            {
                merged.Add(0);
                expected.Add(0);
            }

            merged[^1] += counts[k];
            expected[^1] += Draws * Math.Exp(logarithm);
        }

        if (expected.Count > 1 && expected[^1] < 10)
        {
            merged[^2] += merged[^1];
            expected[^2] += expected[^1];
            merged.RemoveAt(merged.Count - 1);
            expected.RemoveAt(expected.Count - 1);
        }

        Assert.True(PlainStatistics.ChiSquaredFit([.. merged], [.. expected]) > FalseAlarm);
    }

    // At a billion trials the standardized count is N(0,1) to within 1e-4, below the resolution of 20,000 draws.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.001)]
    public void Binomial_OfABillionTrialsIsNormal(double probability)
    {
        RandomSequence sequence = new(new RandomStream(4, StreamPurpose.User));
        double[] sample = new double[20_000];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = (sequence.NextBinomial(1_000_000_000, probability) - (1e9 * probability)) / Math.Sqrt(1e9 * probability * (1 - probability));
        }

        Assert.True(PlainStatistics.KolmogorovSmirnov(sample, PlainStatistics.NormalCdf) > FalseAlarm);
    }

    [Fact]
    public void Binomial_AtTheEdges()
    {
        RandomSequence sequence = new(new RandomStream(5, StreamPurpose.User));
        Assert.Equal(0, sequence.NextBinomial(1_000_000_000, 0));
        Assert.Equal(1_000_000_000, sequence.NextBinomial(1_000_000_000, 1));
        Assert.Equal(0, sequence.NextBinomial(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSequence(new RandomStream(5, StreamPurpose.User)).NextBinomial(10, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSequence(new RandomStream(5, StreamPurpose.User)).NextBinomial(-1, 0.5));
    }

    [Fact]
    public void NextBelow_IsUniform()
    {
        RandomSequence sequence = new(new RandomStream(6, StreamPurpose.User));
        long[] counts = new long[7];
        for (int i = 0; i < 700_000; i++)
        {
            counts[sequence.NextBelow(7)]++;
        }

        Assert.True(PlainStatistics.ChiSquaredFit(counts, [1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 1e5]) > FalseAlarm);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(9, 2)]
    public void Wishart_HasTheLawOfAGramMatrix(long degrees, int order)
    {
        const int Draws = 20_000;
        RandomSequence sequence = new(new RandomStream(7, StreamPurpose.User, (int)degrees, order));
        RandomStream explicitStream = new(8, StreamPurpose.User, (int)degrees, order);
        int rows = Wishart.FactorRows(degrees, order);
        double[] factor = new double[rows * order], gaussian = new double[degrees * order];
        double[][] drawn = Samples(5, Draws), plain = Samples(5, Draws);
        for (int draw = 0; draw < Draws; draw++)
        {
            Wishart.FillFactor(ref sequence, degrees, order, factor);
            Functionals(factor, rows, order, drawn, draw);
            explicitStream.FillGaussian<double>(draw * 64, gaussian);
            Functionals(gaussian, (int)degrees, order, plain, draw);
        }

        for (int f = 0; f < drawn.Length; f++)
        {
            Assert.True(PlainStatistics.KolmogorovSmirnov(drawn[f], plain[f]) > FalseAlarm / 20, $"functional {f}");
        }
    }

    [Theory]
    [InlineData(46341, 70000, "3243870000")]
    [InlineData(1L << 53, 65536, "4294967296")]
    public void Wishart_CountsTheFactorWhereItCannotWrap(long degrees, int order, string expected)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
        {
            RandomSequence sequence = new(new RandomStream(7, StreamPurpose.User));
            Wishart.FillFactor(ref sequence, degrees, order, []);
        });
        Assert.Equal("factor", refusal.ParamName);
        Assert.Contains($"'factor' has 0 elements; accepted is exactly {expected}.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, "degrees")]
    [InlineData(-5, 3, "degrees")]
    [InlineData(3, 0, "order")]
    public void Wishart_RefusesSizesBelowOne(long degrees, int order, string name)
        => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Wishart.FactorRows(degrees, order)).ParamName);

    private static double[][] Samples(int functionals, int draws) => [.. Enumerable.Range(0, functionals).Select(_ => new double[draws])];

    /// <summary>Two diagonal entries, an off-diagonal one, the trace, and the sum of all entries of RᵀR.</summary>
    private static void Functionals(double[] factor, int rows, int order, double[][] samples, int draw)
    {
        double Entry(int i, int j) => Enumerable.Range(0, rows).Sum(r => factor[(r * order) + i] * factor[(r * order) + j]);
        samples[0][draw] = Entry(0, 0);
        samples[1][draw] = Entry(order - 1, order - 1);
        samples[2][draw] = Entry(0, order - 1);
        samples[3][draw] = Enumerable.Range(0, order).Sum(i => Entry(i, i));
        samples[4][draw] = Enumerable.Range(0, order).Sum(i => Enumerable.Range(0, order).Sum(j => Entry(i, j)));
    }
}
