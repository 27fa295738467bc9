using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Xunit;

namespace Hetero.Core.Tests.Statistics;

public class ConfidenceIntervalTests
{
    // Printed tables: t of 9 degrees, 2.262157 at 95 %, and 4.780913 at 99.9 %; of 1 degree, 12.706205.
    [Theory]
    [InlineData(10, 0.95, 2.262157163)]
    [InlineData(10, 0.999, 4.780912586)]
    [InlineData(2, 0.95, 12.70620474)]
    public void AMeanHasStudentsInterval(int count, double level, double quantile)
    {
        double[] replicas = [.. Enumerable.Range(0, count).Select(i => 3 + (i % 2 == 0 ? 1.0 : -1.0))];
        ConfidenceInterval interval = ConfidenceInterval.OfMean(replicas, level);
        double half = quantile * Math.Sqrt(count / (count - 1.0)) / Math.Sqrt(count);
        Assert.Equal(3, interval.Estimate, 14);
        Assert.Equal(3 - half, interval.Lower, 1e-7);
        Assert.Equal(3 + half, interval.Upper, 1e-7);
        Assert.Equal(level, interval.Level);
    }

    [Theory]
    [InlineData(0, 10, 0.95)]
    [InlineData(10, 10, 0.95)]
    [InlineData(3, 10, 0.95)]
    [InlineData(1, 400, 0.999999)]
    [InlineData(57, 60, 0.9)]
    public void AProportionsEndsHaveTheLevelsBinomialTails(int successes, int trials, double level)
    {
        ConfidenceInterval interval = ConfidenceInterval.OfProportion(successes, trials, level);
        double tail = (1 - level) / 2;
        if (successes > 0)
        {
            Assert.Equal(tail, Binomial(interval.Lower, successes, trials), tail * 1e-8);
        }
        else
        {
            Assert.Equal(0, interval.Lower);
        }

        if (successes < trials)
        {
            Assert.Equal(tail, Binomial(interval.Upper, 0, successes), tail * 1e-8);
        }
        else
        {
            Assert.Equal(1, interval.Upper);
        }

        double Binomial(double p, int from, int to) => Enumerable.Range(from, to - from + 1).Sum(
            k => Math.Exp(LogChoose(trials, k) + (k * Math.Log(p)) + ((trials - k) * Math.Log(1 - p))));
        static double LogChoose(int n, int k) => Enumerable.Range(1, k).Sum(i => Math.Log((n - k + i) / (double)i));
    }

    [Fact]
    public void NoSuccessInManyTrialsGivesTheRuleOfThree()
    {
        // (1 − p)^n = 0.025 is solved by hand.
        ConfidenceInterval interval = ConfidenceInterval.OfProportion(0, 1_000_000, 0.95);
        Assert.Equal(1 - Math.Pow(0.025, 1e-6), interval.Upper, 1e-14);
    }

    // Without a success (1 − p)^n = 0.025, by hand; with three the tails of Poisson's law, whose solutions tables of dose response give.
    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000_000_000)]
    [InlineData(100_000_000_000_000_000)]
    [InlineData(long.MaxValue)]
    public void AFewSuccessesInAnyNumberOfTrials(long trials)
    {
        ConfidenceInterval none = ConfidenceInterval.OfProportion(0, trials, 0.95);
        double exponent = Math.Log(0.025) / trials;
        Assert.Equal(1, none.Upper / -(exponent + (exponent * exponent / 2) + (exponent * exponent * exponent / 6)), 1e-8);
        if (trials > 1000)
        {
            ConfidenceInterval three = ConfidenceInterval.OfProportion(3, trials, 0.95);
            Assert.Equal(0.6186721, three.Lower * trials, 1e-7);
            Assert.Equal(8.7672731, three.Upper * trials, 1e-7);
        }

        ConfidenceInterval all = ConfidenceInterval.OfProportion(trials - 3, trials, 0.95);
        Assert.Equal(1 - ConfidenceInterval.OfProportion(3, trials, 0.95).Upper, all.Lower);
    }

    // Where both successes and failures are many, the intervals are those of the normal law.
    [Fact]
    public void ManySuccessesHaveTheNormalLawsInterval()
    {
        long successes = 1L << 30, trials = 1L << 40;
        ConfidenceInterval interval = ConfidenceInterval.OfProportion(successes, trials, 0.95);
        double share = (double)successes / trials, half = 1.959964 * Math.Sqrt(share * (1 - share) / trials);
        Assert.Equal(-half, interval.Lower - share, 1e-3 * half);
        Assert.Equal(half, interval.Upper - share, 1e-3 * half);
        Assert.Equal(
            "successes", Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfProportion(successes + 1, trials, 0.95)).ParamName);
        Assert.Equal(
            "successes", Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfProportion(trials - successes - 1, trials, 0.95)).ParamName);
        Assert.Equal(1 - interval.Upper, ConfidenceInterval.OfProportion(trials - successes, trials, 0.95).Lower, 1e-15);
    }

    [Fact]
    public void IntervalsCoverAsOftenAsTheySay()
    {
        // 2,000 means of 5 normal numbers at 90 %: 1,800 ± 13.4 cover; six deviations are allowed, a false-alarm rate of 2e-9.
        int covered = 0;
        double[] replicas = new double[5];
        for (int i = 0; i < 2000; i++)
        {
            new RandomStream(3, StreamPurpose.User, i).FillGaussian(0, replicas.AsSpan());
            covered += ConfidenceInterval.OfMean(replicas, 0.9).Contains(0) ? 1 : 0;
        }

        Assert.InRange(covered, 1800 - 81, 1800 + 81);
    }

    [Fact]
    public void RefusesWhatIsNoInterval()
    {
        Assert.Throws<ArgumentException>(() => new ConfidenceInterval(1, 2, 1, 0.9));
        Assert.Throws<ArgumentException>(() => new ConfidenceInterval(1, double.NaN, 1, 0.9));
        Assert.Throws<ArgumentException>(() => new ConfidenceInterval(double.NaN, 0, 1, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceInterval(1, 0, 2, 1));
        Assert.Throws<ArgumentException>(() => ConfidenceInterval.OfMean([1], 0.9));
        Assert.Throws<ArgumentException>(() => ConfidenceInterval.OfMean([1, double.NaN], 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfMean([1, 2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfProportion(3, 2, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfProportion(0, 0, 0.9));
    }
}
