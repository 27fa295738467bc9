using Hetero.Core.Statistics;
using Xunit;

namespace Hetero.Core.Tests.Statistics;

public class ChernoffBoundTests
{
    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(40, 0.02)]
    [InlineData(100, 0.5)]
    [InlineData(7, 0.999)]
    public void IsAboveTheExactTail(int trials, double probability)
    {
        for (int successes = 0; successes <= trials; successes++)
        {
            double bound = ChernoffBound.UpperTail(successes, trials, probability);
            Assert.True(bound >= Tail(successes, trials, probability) - 1e-12);
            Assert.Equal(successes <= trials * probability, bound == 1);
        }

        // All successes: KL = ln(1/p), the exact tail.
        Assert.Equal(Math.Pow(probability, trials), ChernoffBound.UpperTail(trials, trials, probability), 1e-12);
    }

    [Fact]
    public void TheConfidenceBoundInvertsTheTail()
    {
        foreach ((long k, long n) in new (long, long)[] { (1, 10), (5, 10), (10, 10), (300, 20_000), (19_999, 20_000) })
        {
            double low = ChernoffBound.LowerConfidence(k, n, 1e-6);
            Assert.InRange(low, 0, (double)k / n);
            Assert.Equal(1e-6, ChernoffBound.UpperTail(k, n, low), 1e-9);
        }

        Assert.Equal(0, ChernoffBound.LowerConfidence(0, 10, 1e-6));
        Assert.Equal(Math.Pow(1e-6, 0.1), ChernoffBound.LowerConfidence(10, 10, 1e-6), 1e-12);
    }

    [Fact]
    public void TheRefutingCountIsTheFirstBelowTheLevel()
    {
        foreach (double probability in new[] { 0.001, 0.1, 0.6 })
        {
            long count = ChernoffBound.RefutingSuccesses(500, probability, 1e-6);
            Assert.True(ChernoffBound.UpperTail(count, 500, probability) < 1e-6);
            Assert.False(ChernoffBound.UpperTail(count - 1, 500, probability) < 1e-6);
        }

        Assert.Equal(11, ChernoffBound.RefutingSuccesses(10, 0.9, 1e-6));
    }

    // For p → 0 with np = λ the bound is Poisson's, exp(−(k·ln(k/λ) − k + λ)).
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(100_000_000_000_000_000)]
    public void RareEventsHavePoissonsBound(long trials)
    {
        Assert.Equal(Math.Exp(3 - (4 * Math.Log(4))), ChernoffBound.UpperTail(4, trials, 1.0 / trials), 1e-8);
        double mean = ChernoffBound.LowerConfidence(30, trials, 0.05) * trials;
        Assert.Equal(-Math.Log(0.05), (30 * Math.Log(30 / mean)) - 30 + mean, 1e-6);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("successes", Assert.Throws<ArgumentOutOfRangeException>(() => ChernoffBound.UpperTail(11, 10, 0.5)).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => ChernoffBound.UpperTail(1, 10, double.NaN)).ParamName);
        Assert.Equal("level", Assert.Throws<ArgumentOutOfRangeException>(() => ChernoffBound.LowerConfidence(1, 10, 0)).ParamName);
        Assert.Equal("trials", Assert.Throws<ArgumentOutOfRangeException>(() => ChernoffBound.RefutingSuccesses(0, 0.5, 0.1)).ParamName);
    }

    private static double Tail(int successes, int trials, double probability)
    {
        double sum = 0;
        for (int k = successes; k <= trials; k++)
        {
            double term = 1;
            for (int i = 0; i < k; i++)
            {
                term *= (trials - i) / (double)(k - i) * probability;
            }

            sum += term * Math.Pow(1 - probability, trials - k);
        }

        return sum;
    }
}
