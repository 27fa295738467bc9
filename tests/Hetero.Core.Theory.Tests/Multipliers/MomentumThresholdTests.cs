using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

/// <summary>Windows of M under momentum.</summary>
public class MomentumThresholdTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.05)]
    [InlineData(0.1)]
    public void WithoutMomentumTheEndsAreThoseInClosedForm(double stepSize)
    {
        (double lower, double upper) = StabilityThreshold.TwoPointSpreads(1, stepSize);
        (double Lower, double Upper) found = Window(0, stepSize, MomentumKind.HeavyBall, 200)!.Value;
        Assert.Equal(lower, found.Lower, 1e-6 * lower);
        Assert.Equal(upper, found.Upper, 1e-6 * upper);
    }

    // Where long runs at m = ∞ were seen to lose the spurious part, by others and with another program; η_eff = η/(1 − β).
    [Theory]
    [InlineData(0.3, 0.02, 10.02)]
    [InlineData(0.3, 0.05, 6.31)]
    [InlineData(0.3, 0.1, 4.40)]
    [InlineData(0.5, 0.02, 9.90)]
    [InlineData(0.5, 0.05, 6.07)]
    [InlineData(0.5, 0.1, 4.40)]
    [InlineData(0.8, 0.02, 9.52)]
    [InlineData(0.8, 0.05, 7.94)]
    public void HeavyBallOpensWhereRunsSaidIt(double momentum, double effective, double measured)
        => Assert.Equal(measured, Window(momentum, effective, MomentumKind.HeavyBall, 60)!.Value.Lower, 0.012 * measured);

    [Fact]
    public void TheWindowOfStrongMomentumIsBoundedOrEmpty()
    {
        Assert.Equal(13.4, Window(0.8, 0.05, MomentumKind.HeavyBall, 60)!.Value.Upper, 0.2);
        Assert.Null(Window(0.8, 0.1, MomentumKind.HeavyBall, 60));
        Assert.Null(Window(0.9, 0.05, MomentumKind.HeavyBall, 60));
        Assert.Equal(13.5, Window(0.9, 0.01, MomentumKind.HeavyBall, 40)!.Value.Lower, 0.1);

        // Nesterov's damps what the heavy ball keeps.
        Assert.NotNull(Window(0.8, 0.1, MomentumKind.Nesterov, 12));
    }

    // The exponent has the sign that the ends say, on either side of each.
    [Theory]
    [InlineData(0.3, 0.07, MomentumKind.HeavyBall)]
    [InlineData(0.8, 0.05, MomentumKind.HeavyBall)]
    [InlineData(0.6, 0.05, MomentumKind.Nesterov)]
    public void EndsAreZeros(double momentum, double effective, MomentumKind kind)
    {
        double stepSize = effective * (1 - momentum);
        (double lower, double upper) = Window(momentum, effective, kind, 100)!.Value;
        Assert.True(At(lower * 0.999) > 0 && At(lower * 1.001) < 0);
        Assert.True(At(upper * 0.999) < 0 && At(upper * 1.001) > 0);

        double At(double spread) => MomentumGrowth.Exponent(EntryLaw.TwoPoint(1, spread), stepSize, momentum, kind).Value;
    }

    // η = ½: at M = 3 the smaller factor is 0 and the exponent −∞; with |(1.5 − M/2)(1.5 + M/2)| = 1 the upper end is √13. One search step is a factor of √10.
    [Fact]
    public void AnEndIsFoundFromWhereTheExponentIsInfinite()
    {
        (double lower, double upper) = MomentumThreshold.Window(spread => EntryLaw.TwoPoint(1, spread), 0.5, 0, MomentumKind.HeavyBall, 3, 3e40)!.Value;
        Assert.Equal(3, lower);
        Assert.Equal(Math.Sqrt(13), upper, 1e-5);
        Assert.Throws<ArgumentOutOfRangeException>("high", () => Window(0.5, 0.05, MomentumKind.HeavyBall, high: 1e200, low: 1e-200));
    }

    [Fact]
    public void AnEndOfTheSearchIsAnEnd()
    {
        (double lower, double upper) = MomentumThreshold.Window(spread => EntryLaw.TwoPoint(1, spread), 0.05, 0, MomentumKind.HeavyBall, 8, 12)!.Value;
        Assert.Equal((8, 12), (lower, upper));
        Assert.Throws<ArgumentOutOfRangeException>("low", () => Window(0.5, 0.05, MomentumKind.HeavyBall, 60, low: 0));
        Assert.Throws<ArgumentOutOfRangeException>("high", () => Window(0.5, 0.05, MomentumKind.HeavyBall, high: 1, low: 2));
    }

    private static (double Lower, double Upper)? Window(double momentum, double effective, MomentumKind kind, double high, double low = 1.1)
        => MomentumThreshold.Window(spread => EntryLaw.TwoPoint(1, spread), effective * (1 - momentum), momentum, kind, low, high);
}
