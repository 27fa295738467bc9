using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Sequences;
using Xunit;

namespace Hetero.Core.Theory.Tests;

/// <summary>Closed forms whose parts leave the range of double while the whole does not.</summary>
public sealed class MagnitudeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(660)]
    [InlineData(1020)]
    [InlineData(-565)]
    [InlineData(-1000)]
    public void TheIntervalOfAMeanGrowsWithItsNumbers(int exponent)
    {
        double unit = Math.ScaleB(1, exponent);
        double[] replicas = [1, 2.5, 3, -1, 0.25];
        ConfidenceInterval plain = ConfidenceInterval.OfMean(replicas, 0.9), scaled = ConfidenceInterval.OfMean([.. replicas.Select(x => x * unit)], 0.9);
        Assert.Equal((plain.Estimate * unit, plain.Lower * unit, plain.Upper * unit), (scaled.Estimate, scaled.Lower, scaled.Upper));
    }

    [Fact]
    public void TheIntervalOfAMeanIsInfiniteOnlyWhereItsEndsAre()
    {
        // Mean 1.2e308 and standard error 0.4e308; t = 12.7 at 95 %.
        ConfidenceInterval interval = ConfidenceInterval.OfMean([1.6e308, 0.8e308], 0.95);
        Assert.Equal((1.2e308, double.NegativeInfinity, double.PositiveInfinity), (interval.Estimate, interval.Lower, interval.Upper));
        ConfidenceInterval smallest = ConfidenceInterval.OfMean([double.Epsilon, 3 * double.Epsilon], 0.5);
        Assert.Equal(2 * double.Epsilon, smallest.Estimate);
        Assert.Equal((double.Epsilon, 3 * double.Epsilon), (smallest.Lower, smallest.Upper));
        Assert.Equal(0, ConfidenceInterval.OfMean([0, 0], 0.5).Upper);
        ConfidenceInterval largest = ConfidenceInterval.OfMean([double.MaxValue, double.MaxValue, double.MaxValue], 0.5);
        Assert.Equal((double.MaxValue, double.MaxValue, double.MaxValue), (largest.Estimate, largest.Lower, largest.Upper));
    }

    [Fact]
    public void ThresholdsOfTwoPointsAtAnyStepSize()
    {
        // √((1 + x)² ∓ 1)/η with x = η·mean: |mean| beside large x, √(2·mean/η) below, √2/η above beside small x.
        Equal(1e200, StabilityThreshold.TwoPointSpreads(1e200, 1).Lower);
        Equal(1e200, StabilityThreshold.TwoPointSpreads(-1e200, 1e200).Upper);
        Equal(Math.Sqrt(2), StabilityThreshold.TwoPointSpreads(1e-200, 1e-200).Lower);
        Equal(Math.Sqrt(2) * 1e200, StabilityThreshold.TwoPointSpreads(1e-200, 1e-200).Upper);
        Equal(Math.Sqrt(3) * 1e200, StabilityThreshold.TwoPointSpreads(1e200, 1e-200).Lower);
        Assert.Equal(0, StabilityThreshold.TwoPointSpreads(-1e-200, 1e-200).Lower);
    }

    [Fact]
    public void BoundsWhoseProductsLeaveTheRange()
    {
        Equal(5e200, LaurentMassart.Upper(1e200, 1e200));
        Equal(-1e200, LaurentMassart.Lower(1e200, 1e200));
        Equal(1e-200, LaurentMassart.Upper(1e-200, 0));
        Equal(5e-200, LaurentMassart.Upper(1e-200, 1e-200));
        Equal(1e40, RipThresholds.RequiredSamples(1, 1, 1e-170, 1e-300));
        Equal(1e300 / Math.Pow(Math.Log(3), 1.5) / Math.Sqrt(2) / 1e225 / 1e150, RipThresholds.AssumedDelta(1e250, 3, 1, 1, 1e300));
        Equal(1e-5, ChernoffBound.UpperTail(1, 1, 1e-5));
        Equal(double.Epsilon, ChernoffBound.UpperTail(1, 1, double.Epsilon));
        Equal(1e-300, ChernoffBound.LowerConfidence(1, 1, 1e-300));
    }

    [Fact]
    public void GrowthAtStepSizesThatOverflow()
    {
        // |1 + ηs| = 1e400 with s = ±1e200.
        Equal(400 * Math.Log(10), MultiplierGrowth.LyapunovExponent(EntryLaw.TwoPoint(0, 1e200), 1e200));
        Equal(1e200, MultiplierGrowth.Moment(EntryLaw.TwoPoint(0, 1e200), 1e200, 0.5));

        // Uniform on ±X: E log|x| = log X − 1, E|x|^p = X^p/(p + 1).
        EntryLaw wide = EntryLaw.Uniform(0, 8e307);
        Equal(Math.Log(8e307) - 1, MultiplierGrowth.LyapunovExponent(wide, 1));
        Equal(8e307 / 2, MultiplierGrowth.Moment(wide, 1, 1));
        Equal(8e307 / 2 * 1.5, MultiplierGrowth.Moment(EntryLaw.Uniform(6e307, 5.9e307), 1, 1));
    }

    // (E|1 + ηs|^p − 1)/p tends to E log|1 + ηs| as p falls, off by about p times the square of the logarithm.
    [Theory]
    [InlineData(1, 6, 1)]
    [InlineData(3, 2.9, 10)]
    [InlineData(-3, 2.9, 10)]
    public void MomentsOfTinyExponentsKeepTheirDigits(double mean, double spread, double stepSize)
    {
        EntryLaw law = EntryLaw.Uniform(mean, spread);
        foreach (double exponent in new[] { 1e-13, -1e-13, 1e-16, 1e-100, 1e-300 })
        {
            Equal(MultiplierGrowth.LyapunovExponent(law, stepSize), MultiplierGrowth.MomentExcess(law, stepSize, exponent) / exponent);
        }
    }

    [Theory]
    [InlineData(1e-13)]
    [InlineData(1e-20)]
    [InlineData(1e-200)]
    public void SupermartingalesOfTinyExponentsAreTheStableOnes(double exponent)
    {
        EntryLaw law = EntryLaw.Uniform(1, 6);
        StepSizeInterval stable = Assert.Single(StepSizeSets.Stable(law)), found = Assert.Single(StepSizeSets.Supermartingale(law, exponent));
        Assert.Equal(1, found.Lower / stable.Lower, 1e-9);
        Assert.Equal(1, found.Upper / stable.Upper, 1e-9);
    }

    [Fact]
    public void TheWindowOfLemma7OfHugeEntries()
        => Equal(2.4e-199, new Hetero.Core.Theory.Quantities.EntryQuantities(EntryLaw.Uniform(1e200, 1e200), 0.05, 0.5).LemmaWindow.Lower);

    [Fact]
    public void MultipliersWhoseTermsOverflow()
    {
        Equal(5e307, ControllerProcess.Multiplier(1e308, -1.5));
        Equal(1, ControllerProcess.Multiplier(1.7e308, -2));
        Assert.Equal(0, new CalibrationLine(new AuxiliarySequences(0.1, 0.01, 3), double.MaxValue, 0, 1, 1).Slope);
    }

    // UUᵀ = α²I, beside which A* is nothing, or all there is.
    [Theory]
    [InlineData(1e100, 2.449489742783178e200)]
    [InlineData(1e-100, 1)]
    public void ErrorsOfReducedPopulations(double scale, double error)
        => Equal(error, ReducedPopulation.FromIdentity(SensingProblem.Create(6, 1, 2, 1), scale).Error);

    [Fact]
    public void AReducedPopulationThatLeavesTheRangeSaysSo()
    {
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(SensingProblem.Create(6, 1, 2, 1), 1);
        double start = reduced.Error;
        for (int step = 0; step < 3; step++)
        {
            reduced.Step([1, 0, 0, 1], 1e200);
        }

        Assert.True(reduced.HasDiverged);
        Assert.Equal(
            [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity], [reduced.Error, reduced.SignalShare, reduced.SpuriousShare]);
        reduced.Reset();
        Assert.False(reduced.HasDiverged);
        Assert.Equal(start, reduced.Error);
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e300)]
    public void HeterogeneityOfHugeEnvironments(double size)
    {
        // Var/(1 + |mean|) = (s/2)²/s.
        Equal(size / 4, SpuriousRegularity.Of(DiagonalEnvironments.TwoPoint(1, size, size / 2)).Heterogeneity);
        Equal(size / 12, SpuriousRegularity.Of(DiagonalEnvironments.Uniform(1, size, size / 2)).Heterogeneity);
    }

    [Fact]
    public void DistancesFromANetAreFinite()
    {
        SphereNet net = SphereNet.Create(3, 0.5);
        Equal(3e200, net.Distance([1e200, 2e200, -2e200]));
        Equal(1, net.Distance([1e-200, 0, 0]));
        Assert.Equal("point", Assert.Throws<ArgumentException>(() => net.Distance([1, double.NaN, 0])).ParamName);
    }

    [Fact]
    public void ATraceOfSignalsBeyondTheRangeIsRefused()
        => Assert.Equal("eigenvalues", Assert.Throws<ArgumentException>(() => SensingProblem.Create(5, 2, 1, 1, eigenvalues: [1.5e308, 1.5e308])).ParamName);

    private static void Equal(double expected, double actual) => Assert.InRange(actual / expected, 1 - 1e-12, 1 + 1e-12);
}
