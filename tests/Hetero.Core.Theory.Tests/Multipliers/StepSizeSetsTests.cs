using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class StepSizeSetsTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(1, 1.01)]
    [InlineData(1, 3000)]
    [InlineData(0, 5)]
    [InlineData(0.5, 40)]
    public void TwoPointsAreStableInTheClosedFormsInterval(double mean, double spread)
    {
        // |(1 + η·mean)² − η²M²| < 1 solved by hand; at M = 6 it is 2/35 to (1 + √71)/35.
        StepSizeInterval interval = Assert.Single(StepSizeSets.Stable(EntryLaw.TwoPoint(mean, spread)));
        double gap = (spread * spread) - (mean * mean);
        Assert.Equal(2 * mean / gap, interval.Lower, 1e-12 * interval.Upper);
        Assert.Equal(1, interval.Upper * gap / (mean + Math.Sqrt((mean * mean) + (2 * gap))), 1e-12);
        Assert.Equal(interval.Lower, StabilityThreshold.TwoPointStepSizes(mean, spread)!.Value.Lower, 1e-12 * interval.Upper);
        Assert.Equal(interval.Upper, StabilityThreshold.TwoPointStepSizes(mean, spread)!.Value.Upper, 1e-12 * interval.Upper);
    }

    // The interval of (c·mean, c·M) is that of (mean, M) over c, whatever c: no square of M may overflow or vanish.
    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void TheClosedFormScales(double scale)
    {
        StepSizeInterval interval = StabilityThreshold.TwoPointStepSizes(scale, 6 * scale)!.Value;
        Assert.Equal(2.0 / 35, interval.Lower * scale, 1e-15);
        Assert.Equal((1 + Math.Sqrt(71)) / 35, interval.Upper * scale, 1e-15);
    }

    [Fact]
    public void TheIntervalsEndsAreAccurateToRoundOff()
    {
        StepSizeInterval interval = Assert.Single(StepSizeSets.Stable(EntryLaw.TwoPoint(1, 6)));
        Assert.Equal(2.0 / 35, interval.Lower, 1e-15);
        Assert.Equal((1 + Math.Sqrt(71)) / 35, interval.Upper, 1e-15);
        Assert.Equal(1.0 / 12, StepSizeSets.Stable(EntryLaw.TwoPoint(1, 5))[0].Lower, 1e-15);

        // E(1 + ηs)^p with p = ½ and s = −2, 4: (√(1 − 2η) + √(1 + 4η))/2 = 1 at η = 4/9, by squaring twice.
        StepSizeInterval half = StepSizeSets.Supermartingale(EntryLaw.TwoPoint(1, 3), 0.5)[0];
        Assert.Equal(4.0 / 9, half.Lower, 1e-14);
    }

    [Fact]
    public void NothingIsStableUnlessSomeEnvironmentShrinks()
    {
        Assert.Empty(StepSizeSets.Stable(EntryLaw.TwoPoint(1, 1)));
        Assert.Empty(StepSizeSets.Stable(EntryLaw.TwoPoint(1, 0.5)));
        Assert.Empty(StepSizeSets.Stable(EntryLaw.Uniform(1, 1)));
        Assert.Empty(StepSizeSets.Stable(EntryLaw.TwoPoint(0, 0)));
        Assert.Empty(StepSizeSets.Supermartingale(EntryLaw.TwoPoint(1, 1), 0.5));
        Assert.Equal(new StepSizeInterval(0, double.PositiveInfinity), Assert.Single(StepSizeSets.Supermartingale(EntryLaw.TwoPoint(0, 0), 0.5)));
        Assert.Null(StabilityThreshold.TwoPointStepSizes(1, 1));
    }

    [Fact]
    public void PowersOfOneOrMoreAreConvex()
    {
        Assert.Empty(StepSizeSets.Supermartingale(EntryLaw.TwoPoint(1, 6), 1));
        Assert.Empty(StepSizeSets.Supermartingale(EntryLaw.TwoPoint(0, 6), 2));
        Assert.Equal(new StepSizeInterval(0, 0.25), Assert.Single(StepSizeSets.Supermartingale(EntryLaw.TwoPoint(0, 4), 1)));

        // E(1 + ηs)² = 1 + 2η·mean + η²·E s²: up to η = 2·1/(1 + 4).
        StepSizeInterval square = Assert.Single(StepSizeSets.Supermartingale(EntryLaw.TwoPoint(-1, 2), 2));
        Assert.Equal(0, square.Lower);
        Assert.Equal(0.4, square.Upper, 1e-14);
        Assert.Equal(6.0 / 7, Assert.Single(StepSizeSets.Supermartingale(EntryLaw.Uniform(-1, 2), 2)).Upper, 1e-14);
        Assert.Equal(2, Assert.Single(StepSizeSets.Stable(EntryLaw.TwoPoint(-1, 0))).Upper, 1e-14);
    }

    [Fact]
    public void SeveralIntervalsAreAllFound()
    {
        // Poles at 1 and 1/20, far apart: stable around each, not between and not outside.
        EntryLaw law = EntryLaw.Discrete([-20, -1, 30], [0.1, 0.2, 0.7]);
        IReadOnlyList<StepSizeInterval> set = StepSizeSets.Stable(law);
        Assert.Equal(2, set.Count);
        Assert.True(set[0].Contains(0.05) && set[1].Contains(1));
        Assert.All(set, interval => Assert.Equal(0, MultiplierGrowth.LyapunovExponent(law, interval.Lower), 1e-10));
        Assert.All(set, interval => Assert.Equal(0, MultiplierGrowth.LyapunovExponent(law, interval.Upper), 1e-10));
    }

    // Laws with up to four values, and uniform ones; the sign of the expectation on a fine grid must be that of the set.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(2.0 / 3)]
    [InlineData(1.5)]
    public void TheSetIsWhereTheExpectationIsBelowOne(double exponent)
    {
        System.Random random = new(17);
        int inside = 0, several = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            int count = 1 + random.Next(4);
            double[] values = [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 30) - 18)];
            double[] weights = [.. Enumerable.Range(0, count).Select(_ => 0.05 + random.NextDouble())];
            double total = weights.Sum(), mean = (random.NextDouble() * 8) - 4, spread = random.NextDouble() * 10;
            EntryLaw law = trial % 3 == 0
                ? EntryLaw.Uniform(mean, spread)
                : EntryLaw.Discrete(values, [.. weights.Select(weight => weight / total)]);
            IReadOnlyList<StepSizeInterval> set = exponent == 0 ? StepSizeSets.Stable(law) : StepSizeSets.Supermartingale(law, exponent);
            several += set.Count > 1 ? 1 : 0;
            for (double eta = 1e-3; eta < 30; eta *= 1.003)
            {
                double excess = trial % 3 == 0 ? Uniform(mean, spread, eta) : Discrete(values, weights, total, eta);
                if (Math.Abs(excess) > 1e-5)
                {
                    Assert.True(
                        set.Any(interval => interval.Contains(eta)) == (excess < 0),
                        $"trial {trial}, η = {eta}, excess {excess}, {string.Join(", ", set)}");
                    inside += excess < 0 ? 1 : 0;
                }
            }
        }

        Assert.True(inside > 1000 && (exponent > 0.5 || several > 2), $"{inside} inside, {several} with several intervals: the test sees too little.");

        double Of(double x) => exponent == 0 ? Math.Log(Math.Abs(x)) : Math.Pow(Math.Abs(x), exponent) - 1;
        double Discrete(double[] values, double[] weights, double total, double eta)
            => values.Zip(weights, (value, weight) => weight / total * Of(1 + (eta * value))).Sum();
        double Uniform(double mean, double spread, double eta)
        {
            double low = 1 + (eta * (mean - spread)), high = 1 + (eta * (mean + spread));
            double Integral(double x) => exponent == 0
                ? (x * Math.Log(Math.Abs(x))) - x
                : (Math.Sign(x) * Math.Pow(Math.Abs(x), exponent + 1) / (exponent + 1)) - x;
            return (Integral(high) - Integral(low)) / (high - low);
        }
    }

    [Fact]
    public void ThresholdsOfFamiliesAreFound()
    {
        Assert.Equal(Math.Sqrt(41), StabilityThreshold.Find(spread => EntryLaw.TwoPoint(1, spread), 0.05, 0, 15), 1e-13);
        Assert.Equal(Math.Sqrt(41), StabilityThreshold.TwoPointSpreads(1, 0.05).Lower, 1e-13);

        // |(1.05)² − 0.0025M²| = 1 from above: M² = 841.
        Assert.Equal(29, StabilityThreshold.TwoPointSpreads(1, 0.05).Upper, 1e-13);
        Assert.Equal(29, StabilityThreshold.Find(spread => EntryLaw.TwoPoint(1, spread), 0.05, 21, 60), 1e-12);
        Assert.Equal(0, StabilityThreshold.TwoPointSpreads(-1, 0.05).Lower);
        double uniform = StabilityThreshold.Find(spread => EntryLaw.Uniform(1, spread), 0.05, 0, 18);
        Assert.Equal(0, MultiplierGrowth.LyapunovExponent(EntryLaw.Uniform(1, uniform), 0.05), 1e-14);
        Assert.Throws<ArgumentException>(() => StabilityThreshold.Find(spread => EntryLaw.TwoPoint(1, spread), 0.05, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepSizeSets.Supermartingale(EntryLaw.TwoPoint(1, 6), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityThreshold.TwoPointStepSizes(-1, 6));
        Assert.Throws<ArgumentException>("law", () => StepSizeSets.Stable(EntryLaw.TwoPoint(0, 1e-310)));
        Assert.Throws<ArgumentException>("law", () => StepSizeSets.Supermartingale(EntryLaw.Uniform(0, 1e-310), 0.5));
    }
}
