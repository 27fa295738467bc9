using FsCheck.Fluent;
using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Environments;

/// <summary>Shares of huge batches: their sum is the batch, and what doubles cannot count is refused.</summary>
public sealed class ShareSumTests
{
    /// <summary>Close to 2⁵³ samples the product with a probability is rounded to whole numbers, often up in all environments.</summary>
    [Fact]
    public void StratifiedSharesAddUpToTheBatch()
        => Properties.Check(
            Properties.Between(1, 9).Generator.Zip(Properties.Between(0, 1 << 20).Generator).ToArbitrary(),
            batch =>
            {
                double[] weights = Data.Uniform<double>(batch.Item1, batch.Item2).Select(weight => 2 + weight).ToArray();
                double[] probabilities = [.. weights.Select(weight => weight / weights.Sum())];
                FiniteEnvironments environments = new(1, [.. probabilities.Select(p => new[] { p })], probabilities);
                long samples = (1L << 53) - batch.Item2;
                long[] counts = new long[batch.Item1];
                EnvironmentShares.Stratify(environments, samples, counts);
                Assert.Equal(samples, counts.Sum());
                Assert.All(counts.Zip(probabilities), pair => Assert.InRange(pair.First / (samples * pair.Second), 1 - 1e-12, 1 + 1e-12));
            },
            trials: 500);

    [Theory]
    [InlineData((1L << 53) + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(1)]
    [InlineData(-1)]
    public void BatchesBeyondTheRangeAreRefused(long samples)
    {
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(1, 1, 2);
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => EnvironmentShares.Stratify(environments, samples, new long[2]));
        Assert.Equal("samples", refusal.ParamName);
        Assert.Contains($"'samples' is {samples}; accepted is from 2 to {1L << 53}.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 53)]
    [InlineData(-1)]
    public void DrawnBatchesBeyondTheRangeAreRefused(long samples)
        => Assert.Equal(
            "samples",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => EnvironmentShares.Draw(DiagonalEnvironments.TwoPoint(1, 1, 2), samples, new RandomStream(1, StreamPurpose.User), new long[2])).ParamName);

    /// <summary>A matrix of more than 46340 rows has no span, so nothing could be drawn.</summary>
    [Fact]
    public void OrdersWithoutAMatrixAreRefused()
    {
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => DiagonalEnvironments.Uniform(46341, 1, 2)).ParamName);
        DiagonalEnvironments largest = DiagonalEnvironments.TwoPoint(EnvironmentDistribution.MaxRank, 1, 2);
        Assert.Equal((46340 * 46339 / 2) + 1, new OffDiagonalEnvironments(largest, 1).LabelLength);
        Assert.Contains(
            "exactly 2147395600", Assert.Throws<ArgumentException>(() => largest.CopyMean(new double[4])).Message, StringComparison.Ordinal);
    }
}
