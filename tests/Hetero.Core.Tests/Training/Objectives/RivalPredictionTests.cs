using Hetero.Core.Environments;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>docs/rivals.md: where training with each objective ends at m = ∞ from a small start, predicted and trained, for drawn laws of r2 = 1 to 3.</summary>
public class RivalPredictionTests
{
    private const double Tolerance = 0.02;

    [Fact]
    public void PooledEndsAtThePositivePartOfTheMean()
        => OverLaws((law, plain) => Near(plain.Positive(plain.Mean), RivalRun.End(new MeanRisk<double>(), law)));

    [Fact]
    public void GradientVarianceEndsAtThePositivePartOfTheMeanLessTheCovariance()
        => OverLaws((law, plain) => Near(
            plain.Positive(PlainLaw.Minus(plain.Mean, PlainLaw.Times(0.2, plain.Covariance))), RivalRun.End(new GradientVariance<double>(0.2), law)));

    [Fact]
    public void VRexEndsAtItsConvexMinimizer()
        => OverLaws((law, plain) => Near(plain.VRex(0.3), RivalRun.End(new RiskExtrapolation<double>(0.3), law)));

    [Fact]
    public void VRexOfOneDirectionMovesTheMeanByTheThirdMoment()
        => Properties.Check(Properties.Between(0, 1000), seed =>
        {
            FiniteEnvironments law = RivalRun.Law(1, 2 + (seed % 3), seed, 1.5);
            PlainLaw plain = new(law);
            double mean = plain.Mean[0], variance = plain.Of(s => Math.Pow(s - mean, 2)), third = plain.Of(s => Math.Pow(s - mean, 3));
            double expected = Math.Max(0, mean + (0.3 * third / (1 + (0.6 * variance))));
            Assert.Equal(expected, plain.VRex(0.3)[0], 1e-6);
            Near([expected], RivalRun.End(new RiskExtrapolation<double>(0.3), law));
        }, 12);

    [Theory]
    [InlineData(0.1, 1.667)]
    [InlineData(1, 2.333)]
    [InlineData(10, 2.481)]
    public void VRexOfASkewLaw(double weight, double expected)
        => Assert.Equal(
            expected, RivalRun.End(new RiskExtrapolation<double>(weight), RivalRun.Scalars((0, 0.8), (5, 0.2)), stepSize: 0.02 / (1 + weight), steps: 20_000).B, Tolerance * expected);

    [Fact]
    public void GroupDroEndsAtTheCenterOfTheSmallestBall()
        => OverLaws((law, plain) => Near(plain.Center(), RivalRun.End(new GroupDro<double>(), law, steps: 16_000)));

    [Theory]
    [InlineData(0.1, 1.031, 0.234)]
    [InlineData(1, 1.019, 0.030)]
    [InlineData(4.1, 0.211, 0)]
    [InlineData(10, 0.0564, 0)]
    public void IrmV1EndsInAMinimumOfTwoWeights(double weight, double a, double b)
    {
        FiniteEnvironments law = RivalRun.Scalars((5, 0.5), (-3, 0.5));
        RivalRun end = RivalRun.End(new IrmV1<double>(weight), law, stepSize: 0.01, steps: 20_000);
        Assert.Equal(a, end.A, Tolerance * a);
        Assert.Equal(b, end.B, Math.Max(5e-4, Tolerance * b));
        if (weight > 4)
        {
            // Where it stays is not where the objective is least: near (1, 0) it is less.
            Assert.Equal((1 - Math.Sqrt(1 - (4 / weight))) / 4, end.A, Tolerance * end.A);
            Assert.True(IrmV1Value(new(law), weight, 1, 0.001) < IrmV1Value(new(law), weight, end.A, end.B) - 0.2);
        }
    }

    [Fact]
    public void IrmV1FollowsTheRecursionOfItsTwoWeights()
        => Properties.Check(Properties.Between(0, 1000), seed =>
        {
            double weight = 0.1 + (seed % 7 * 0.1);
            FiniteEnvironments law = RivalRun.Law(1, 2 + (seed % 3), seed, 2);
            PlainLaw plain = new(law);
            (double a, double b) = Descend((a, b) => (
                a - 1 + (2 * weight * ((2 * a) - 1) * plain.Of(s => IrmV1Slope(a, b, s))),
                plain.Of(s => b - s + (2 * weight * IrmV1Slope(a, b, s) * ((2 * b) - s)))));
            RivalRun end = RivalRun.End(new IrmV1<double>(weight), law, stepSize: 0.01, steps: 12_000);
            Assert.Equal(a, end.A, Tolerance * Math.Max(1, a));
            Near([b], end);
        }, 12);

    // Opposite signs in two directions cancel in ⟨D_e, M⟩: the penalty is 0 where pooled training ends.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void IrmV1DoesNotSeeOppositeSigns(double weight)
    {
        RivalRun end = RivalRun.End(new IrmV1<double>(weight), new FiniteEnvironments(2, [[5, 0, 0, -3], [-3, 0, 0, 5]]), stepSize: 0.01, steps: 12_000);
        Near([1, 0, 0, 1], end);
        Assert.Equal(1, end.A, Tolerance);
    }

    [Theory]
    [InlineData(0.03, 0.53, 1)]
    [InlineData(0.07, 0, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(1.05, 0, 0)]
    public void MatrixIrmOfOneDirection(double weight, double b, double a)
    {
        RivalRun end = RivalRun.End(new MatrixIrm<double>(weight), RivalRun.Scalars((5, 0.5), (-3, 0.5)));
        Assert.Equal(a, end.A, Tolerance);
        Assert.Equal(b, end.B, 0.02 * Math.Max(0.3, b));
    }

    // Below the least λ with λ·EΣ² ⪰ EΣ a direction grows; none does above it and the least λ with λ·E(I − Σ)² ⪰ EΣ − I, as long as λ < 1.
    [Fact]
    public void MatrixIrmRemovesWhatItsPenaltyOutweighs()
    {
        int judged = 0;
        OverLaws(
            (law, plain) =>
            {
                if (plain.LeastMatrixIrm(true) is not { } held || plain.LeastMatrixIrm(false) is not { } least || held is < 0.02 or > 0.6)
                {
                    return;
                }

                judged++;
                RivalRun above = RivalRun.End(new MatrixIrm<double>(1.25 * held), law, steps: 20_000);
                Near(new double[law.Rank * law.Rank], above);
                Assert.Equal(1, above.A, Tolerance);
                if (least > 0.02)
                {
                    RivalRun below = RivalRun.End(new MatrixIrm<double>(0.75 * least), law);
                    Assert.True(Matrices.Norm(below.S) > Tolerance, $"λ = {0.75 * least}: ‖S‖ = {Matrices.Norm(below.S)}");
                }
            },
            spread: 3,
            trials: 18);
        Assert.True(judged >= 6, $"{judged} laws have a window");
    }

    // A weak heterogeneity of a mean above 1: between the two thresholds the true signal turns into the spurious one, which is the larger.
    [Theory]
    [InlineData(0.502, false)]
    [InlineData(0.75, true)]
    public void MatrixIrmHoldsTheTrueSignalAgainstTurningFromASecondThresholdOn(double weight, bool holds)
    {
        FiniteEnvironments law = RivalRun.Scalars((3.1, 0.35), (1.8, 0.3), (2.3, 0.35));
        PlainLaw plain = new(law);
        Assert.InRange(weight, plain.LeastMatrixIrm(holds)!.Value, 1);
        Assert.True(holds || weight < plain.LeastMatrixIrm(true)!.Value);
        RivalRun end = RivalRun.End(new MatrixIrm<double>(weight), law, steps: 20_000);
        Assert.Equal(holds ? 1 : 0, end.A, Tolerance);
        Assert.Equal(!holds, end.B > 1);
    }

    // s = mean ± M: from λ = 1/(mean·M)² on a small start stops at the smaller root, though the mean is the minimizer.
    [Theory]
    [InlineData(1, 4, 0.05)]
    [InlineData(1, 4, 0.1)]
    [InlineData(1, 4, 1)]
    [InlineData(0.7, 3, 0.4)]
    [InlineData(2, 3, 0.01)]
    public void GradientNormVarianceOfTwoPoints(double mean, double spread, double weight)
    {
        double rest = (mean * mean) - (1 / (weight * spread * spread)), expected = rest < 0 ? mean : (mean - Math.Sqrt(rest)) / 4;
        RivalRun end = RivalRun.End(
            new GradientNormVariance<double>(weight), RivalRun.Scalars((mean - spread, 0.5), (mean + spread, 0.5)), stepSize: 0.005, steps: 20_000);
        Assert.Equal(expected, end.B, Tolerance * expected);
        Assert.Equal(1, end.A, Tolerance);
    }

    [Fact]
    public void GradientNormVarianceFollowsTheRecursionOfItsWeight()
        => Properties.Check(Properties.Between(0, 1000), seed =>
        {
            FiniteEnvironments law = RivalRun.Law(1, 2 + (seed % 3), seed, 1.5);
            PlainLaw plain = new(law);
            (_, double b) = Descend((_, b) =>
            {
                double mean = plain.Of(s => b * Math.Pow(b - s, 2));
                return (0, plain.Of(s => b - s + (0.2 * ((b * Math.Pow(b - s, 2)) - mean) * (b - s) * ((3 * b) - s))));
            });
            Near([b], RivalRun.End(new GradientNormVariance<double>(0.1), law, stepSize: 0.01, steps: 12_000));
        }, 12);

    // Where the bases are coordinate axes: the entry of the spurious part stops where the first environment changes its mind.
    [Theory]
    [InlineData(5, -3, 0)]
    [InlineData(5, 0.5, 0.5)]
    public void AndMaskStopsAtTheLeastOfAlignedSigns(double first, double second, double expected)
    {
        RivalRun end = RivalRun.End(new AndMask<double>(), RivalRun.Scalars((first, 0.5), (second, 0.5)), stepSize: 0.004, steps: 20_000, isAligned: true);
        Near([expected], end);
        Assert.Equal(1, end.A, Tolerance);
    }

    private static double IrmV1Slope(double a, double b, double s) => ((a - 1) * a) + ((b - s) * b);

    private static double IrmV1Value(PlainLaw law, double weight, double a, double b)
        => law.Of(s => (0.5 * (((a - 1) * (a - 1)) + ((b - s) * (b - s)))) + (weight * Math.Pow(IrmV1Slope(a, b, s), 2)));

    /// <summary>a ← a(1 − ηg_a)² and the same for b, from 10⁻⁴.</summary>
    private static (double A, double B) Descend(Func<double, double, (double A, double B)> gradient)
    {
        (double a, double b) = (1e-4, 1e-4);
        for (int step = 0; step < 20_000; step++)
        {
            (double inA, double inB) = gradient(a, b);
            (a, b) = (a * Math.Pow(1 - (0.01 * inA), 2), b * Math.Pow(1 - (0.01 * inB), 2));
        }

        return (a, b);
    }

    private static void OverLaws(Action<FiniteEnvironments, PlainLaw> check, double spread = 1.5, int trials = 12)
        => Properties.Check(Properties.Between(0, 10_000), seed =>
        {
            FiniteEnvironments law = RivalRun.Law(1 + (seed % 3), 2 + (seed / 3 % 3), seed, spread);
            check(law, new PlainLaw(law));
        }, trials);

    private static void Near(double[] expected, RivalRun end)
        => Assert.InRange(Matrices.Norm(PlainLaw.Minus(expected, end.S)), 0, Tolerance * Math.Max(1, Matrices.Norm(expected)));
}
