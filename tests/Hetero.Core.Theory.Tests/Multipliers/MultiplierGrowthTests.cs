using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class MultiplierGrowthTests
{
    [Theory]
    [InlineData(1, 6, 0.05, 2.0 / 3)]
    [InlineData(1, 40, 0.05, 0.3)]
    [InlineData(-2, 3, 0.2, 1.7)]
    [InlineData(1, 6, 0.05, -0.5)]
    public void TwoPointsGiveTheirSum(double mean, double spread, double stepSize, double exponent)
    {
        EntryLaw law = EntryLaw.TwoPoint(mean, spread);
        double low = Math.Abs(1 + (stepSize * (mean - spread))), high = Math.Abs(1 + (stepSize * (mean + spread)));
        Assert.Equal((Math.Pow(low, exponent) + Math.Pow(high, exponent)) / 2, MultiplierGrowth.Moment(law, stepSize, exponent), 14);
        Assert.Equal((Math.Log(low) + Math.Log(high)) / 2, MultiplierGrowth.LyapunovExponent(law, stepSize), 14);
        Assert.Equal(
            (Math.Pow(Math.Abs(1 + (stepSize * (mean - spread + 2))), exponent) + Math.Pow(Math.Abs(1 + (stepSize * (mean + spread + 2))), exponent)) / 2,
            MultiplierGrowth.Moment(law.Shifted(2), stepSize, exponent),
            14);
    }

    // Ranges away from 0, around it, at its edge, far narrower than their middle, and at the seam of the two ways to integrate.
    [Theory]
    [InlineData(1, 6, 0.05, 2.0 / 3)]
    [InlineData(1, 60, 0.05, 2.0 / 3)]
    [InlineData(-1, 19, 0.05, 0.4)]
    [InlineData(3, 1e-3, 0.1, 0.7)]
    [InlineData(0, 9.99, 0.05, 0.25)]
    [InlineData(0, 10.01, 0.05, 0.25)]
    [InlineData(-50, 2, 0.05, 1.5)]
    [InlineData(1, 6, 0.05, -1)]
    [InlineData(1, 15, 0.05, -1)]
    [InlineData(1, 15, 0.05, -2.5)]
    public void AUniformLawGivesItsIntegral(double mean, double spread, double stepSize, double exponent)
    {
        EntryLaw law = EntryLaw.Uniform(mean, spread);
        Assert.Equal(Midpoint(x => Math.Pow(Math.Abs(x), exponent)), MultiplierGrowth.Moment(law, stepSize, exponent), 2e-7);
        Assert.Equal(Midpoint(x => Math.Log(Math.Abs(x))), MultiplierGrowth.LyapunovExponent(law, stepSize), 2e-6);

        double Midpoint(Func<double, double> function)
        {
            const int Points = 1_000_000;
            double sum = 0;
            for (int i = 0; i < Points; i++)
            {
                sum += function(1 + (stepSize * (mean + (spread * (((2 * i) + 1.0) / Points - 1)))));
            }

            return sum / Points;
        }
    }

    [Fact]
    public void SmallStepsKeepTheirDigits()
    {
        // E(1 + ηs)^p − 1 = pη·mean + p(p − 1)/2·η²·E s² + …, at η = 1e-9 far below the digits of 1; third-order terms are 1e-19 of it.
        const double Eta = 1e-9;
        double expected = (Eta * 2 / 3) - (Eta * Eta * 37 / 9);
        Assert.Equal(1, MultiplierGrowth.MomentExcess(EntryLaw.TwoPoint(1, 6), Eta, 2.0 / 3) / expected, 1e-13);
        Assert.Equal(1, MultiplierGrowth.MomentExcess(EntryLaw.Uniform(1, 6), Eta, 2.0 / 3) / ((Eta * 2 / 3) - (Eta * Eta * 13 / 9)), 1e-13);
        Assert.Equal(1, MultiplierGrowth.LyapunovExponent(EntryLaw.TwoPoint(1, 6), Eta) / (Eta - (Eta * Eta * 37 / 2)), 1e-13);
    }

    [Fact]
    public void AFactorOfZeroIsTheLogarithmsPole()
    {
        EntryLaw law = EntryLaw.TwoPoint(1, 5);
        Assert.Equal(double.NegativeInfinity, MultiplierGrowth.LyapunovExponent(law, 0.25));
        Assert.Equal(Math.Pow(2.5, 0.5) / 2, MultiplierGrowth.Moment(law, 0.25, 0.5), 14);
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.Moment(law, 0.25, -0.5));
        Assert.Equal(1, MultiplierGrowth.Moment(law, 0.25, 0));

        // Spread out, the pole is integrable for the logarithm and for powers above −1.
        EntryLaw uniform = EntryLaw.Uniform(0, 1);
        Assert.Equal((Math.Log(2) / 1) - 1, MultiplierGrowth.LyapunovExponent(uniform, 1), 14);
        Assert.Equal(Math.Sqrt(2), MultiplierGrowth.Moment(uniform, 1, -0.5), 13);
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.Moment(uniform, 1, -1));
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.Moment(uniform, 2, -3));
    }

    [Theory]
    [InlineData(7, 0.17)]
    [InlineData(8, 0.37)]
    public void TheTailExponentIsKestens(double spread, double rounded)
    {
        EntryLaw law = EntryLaw.TwoPoint(1, spread);
        double exponent = MultiplierGrowth.TailExponent(law, 0.05)!.Value;
        Assert.Equal(rounded, exponent, 0.005);
        double low = 1 + (0.05 * (1 - spread)), high = 1 + (0.05 * (1 + spread));
        Assert.Equal(2, Math.Pow(low, exponent) + Math.Pow(high, exponent), 14);
    }

    [Fact]
    public void TheTailExponentHasItsLimits()
    {
        // s = ±M without a mean: E|1 ± x|^κ = 1 at κ = 1, as the mean of the two is 1.
        Assert.Equal(1, MultiplierGrowth.TailExponent(EntryLaw.TwoPoint(0, 8), 0.05)!.Value, 1e-12);
        Assert.Equal(1, MultiplierGrowth.TailExponent(EntryLaw.Uniform(0, 8), 0.05)!.Value, 1e-12);
        Assert.Null(MultiplierGrowth.TailExponent(EntryLaw.TwoPoint(1, 6), 0.05));
        Assert.Null(MultiplierGrowth.TailExponent(EntryLaw.TwoPoint(1, 0), 0.05));
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.TailExponent(EntryLaw.TwoPoint(-3, 3), 0.05));
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.TailExponent(EntryLaw.TwoPoint(-1, 0), 0.5));

        // A pole does no harm: ½·2.5^κ = 1.
        Assert.Equal(Math.Log(2) / Math.Log(2.5), MultiplierGrowth.TailExponent(EntryLaw.TwoPoint(1, 5), 0.25)!.Value, 1e-13);
    }

    // Over [5, 20]: ∫x^p dx by hand. At p = −1 + 10⁻¹⁰ it is ln 4 up to 10⁻¹⁰·(ln 20 + ln 5)/2 of itself.
    [Fact]
    public void UniformMomentsKeepTheirDigitsAtTheEndsOfTheExponents()
    {
        EntryLaw law = EntryLaw.Uniform(11.5, 7.5);
        double near = Math.Log(4) * (1 + (1e-10 * Math.Log(100) / 2)) / 15;
        Assert.Equal(near, MultiplierGrowth.Moment(law, 1, -1 + 1e-10), 1e-14);
        Assert.Equal(near, MultiplierGrowth.Moment(EntryLaw.Uniform(-13.5, 7.5), 1, -1 + 1e-10), 1e-14);
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.Moment(law, 1, 1000));
        Assert.Equal(double.PositiveInfinity, MultiplierGrowth.Moment(EntryLaw.Uniform(-13.5, 7.5), 1, 1000));
        Assert.Equal(0, MultiplierGrowth.Moment(law, 1, -1000));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => MultiplierGrowth.Moment(EntryLaw.Uniform(0, 10), 1e308, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => MultiplierGrowth.LyapunovExponent(EntryLaw.Uniform(0, 10), 1e308));
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        EntryLaw law = EntryLaw.TwoPoint(1, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplierGrowth.Moment(law, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplierGrowth.Moment(law, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplierGrowth.LyapunovExponent(law, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplierGrowth.TailExponent(law, 0));
    }
}
