using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class TailExponentEstimateTests
{
    [Fact]
    public void HillsEstimateIsItsFormula()
    {
        ConfidenceInterval hill = TailExponentEstimate.Hill([0.5, 8, 1, 2, 4, 0.25], 3, 0.95);
        double sum = Math.Log(8) + Math.Log(4) + Math.Log(2);
        Assert.Equal(3 / sum, hill.Estimate, 14);

        // χ² of 6 degrees: 1.237344 and 14.449375 at 2.5 %.
        Assert.Equal(1.237344246 / (2 * sum), hill.Lower, 1e-8);
        Assert.Equal(14.44937534 / (2 * sum), hill.Upper, 1e-8);
    }

    [Fact]
    public void HillsIntervalCoversAsOftenAsItSays()
    {
        // 1,000 samples of a pure power κ = 0.4 at 90 %: 900 ± 9.5 cover; six deviations are allowed, a false-alarm rate of 2e-9.
        int covered = 0;
        double[] samples = new double[50];
        for (int i = 0; i < 1000; i++)
        {
            Pareto(i, 0.4, samples);
            covered += TailExponentEstimate.Hill(samples, 20, 0.9).Contains(0.4) ? 1 : 0;
        }

        Assert.InRange(covered, 900 - 57, 900 + 57);
    }

    [Theory]
    [InlineData(0.37, double.PositiveInfinity)]
    [InlineData(0.37, 30)]
    [InlineData(0.17, 1000)]
    public void RunsThatRepeatTheirNumbersStillCover(double exponent, double upper)
    {
        // Every number counts five times, which an interval for independent numbers would take for five times the evidence. 500 intervals
        // at 90 % of 20 runs: 450 ± 6.7 cover; seven deviations leave room for the ratio's skewness.
        int covered = 0;
        double[] samples = new double[40];
        for (int i = 0; i < 500; i++)
        {
            TailWindow[] runs = new TailWindow[20];
            for (int run = 0; run < runs.Length; run++)
            {
                runs[run] = new TailWindow(1.5, upper);
                Pareto((i * runs.Length) + run, exponent, samples);
                foreach (double sample in samples)
                {
                    for (int repeat = 0; repeat < 5; repeat++)
                    {
                        runs[run].Add(sample);
                    }
                }
            }

            covered += TailExponentEstimate.OfRuns(runs, 0.9).Contains(exponent) ? 1 : 0;
        }

        Assert.InRange(covered, 450 - 47, 450 + 47);
    }

    [Theory]
    [InlineData(0.4, 3)]
    [InlineData(-0.4, 3)]
    [InlineData(1e-5, 3)]
    [InlineData(2, 40)]
    public void TheExponentInvertsTheMeanInTheWindow(double exponent, double width)
    {
        // ∫ y e^{−κy} dy / ∫ e^{−κy} dy over [0, W] by the midpoint rule.
        double above = 0, below = 0;
        const int Points = 200_000;
        for (int i = 0; i < Points; i++)
        {
            double y = (i + 0.5) * width / Points, weight = Math.Exp(-exponent * y);
            above += y * weight;
            below += weight;
        }

        Assert.Equal(exponent, TailExponentEstimate.Exponent(above / below, width), 1e-7);
    }

    [Fact]
    public void AnExponentOutOfReachIsInfinite()
    {
        Assert.Equal(double.PositiveInfinity, TailExponentEstimate.Exponent(0, 2));
        Assert.Equal(double.NegativeInfinity, TailExponentEstimate.Exponent(2, 2));
        Assert.Equal(0.5, TailExponentEstimate.Exponent(2, double.PositiveInfinity));
    }

    // Products of many multipliers span more than a double's range of ratios: 10^500 above the threshold.
    [Fact]
    public void RatiosMayExceedTheLargestNumber()
    {
        Assert.Equal(1 / (500 * Math.Log(10)), TailExponentEstimate.Hill([1e-250, 1e250], 1, 0.9).Estimate, 1e-15);
        TailWindow one = new(1e-250), two = new(1e-250);
        one.Add(1e250);
        two.Add(1e250);
        Assert.Equal(500 * Math.Log(10), one.LogSum, 1e-10);
        Assert.Equal(1 / (500 * Math.Log(10)), TailExponentEstimate.OfRuns([one, two], 0.9).Estimate, 1e-15);
    }

    [Fact]
    public void RefusesWhatHasNoTail()
    {
        TailWindow empty = new(1, 2), other = new(1, 3);
        empty.Add(2);
        other.Add(2);
        Assert.Equal(0, empty.Count);
        Assert.Equal(Math.Log(2), other.LogSum);
        Assert.Throws<ArgumentException>(() => TailExponentEstimate.OfRuns([empty], 0.9));
        Assert.Throws<ArgumentException>(() => TailExponentEstimate.OfRuns([empty, empty], 0.9));
        Assert.Throws<ArgumentException>(() => TailExponentEstimate.OfRuns([empty, other], 0.9));
        Assert.Throws<ArgumentException>(() => other.Add(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TailWindow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TailWindow(2, 2));
        Assert.Throws<ArgumentException>(() => TailExponentEstimate.Hill([1, 1, 1], 2, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => TailExponentEstimate.Hill([1, -1, 0], 1, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => TailExponentEstimate.Hill([1, 2], 2, 0.9));
    }

    private static void Pareto(int stream, double exponent, double[] samples)
    {
        new RandomStream(5, StreamPurpose.User, stream).FillUniform(0, samples.AsSpan());
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Math.Pow(1 - samples[i], -1 / exponent);
        }
    }
}
