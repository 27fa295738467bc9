using Hetero.Core.Theory.Networks;
using Xunit;

namespace Hetero.Core.Theory.Tests.Networks;

public class TruncatedRankOneTests
{
    // By Simpson's rule on the normal density itself: E[x^{2k}·1{x² ≤ R}] = ∫ x^{2k}φ(x) dx from −√R to √R.
    [Theory]
    [InlineData(1, 4.605)]
    [InlineData(2, 4.605)]
    [InlineData(3, 18.42)]
    [InlineData(4, 18.42)]
    public void MomentsAreIntegrals(int power, double level)
        => Assert.Equal(Integral(power, level), TruncatedRankOne.Moment(power, level), 1e-9 * Integral(power, level));

    [Fact]
    public void TheBiasIsWhatTheMomentsLack()
    {
        const double Level = 4.605170186;
        Assert.Equal(3 - Integral(2, Level), TruncatedRankOne.BiasAlong(Level), 1e-8);
        Assert.Equal(1 - Integral(1, Level), TruncatedRankOne.BiasAcross(Level), 1e-8);
        Assert.Equal(1.398, TruncatedRankOne.BiasAlong(Level), 1e-3);
    }

    // δ = 0.01 and 10⁻⁴ as the paper map has them; and at the constant the bias is δ.
    [Theory]
    [InlineData(0.01, 3.9)]
    [InlineData(1e-4, 3.1)]
    public void TheConstantClosesTheLemma(double delta, double about)
    {
        double constant = TruncatedRankOne.SmallestConstant(delta), level = constant * Math.Log(1 / delta);
        Assert.Equal(about, constant, 0.06);
        Assert.Equal(delta, 3 - Integral(2, level), 1e-7);
    }

    // Entry by entry of zxxᵀ·1{z ≤ R} with a = e_1: E[z²x_i²x_j²·1] less the square of E[zx_ix_j·1].
    [Theory]
    [InlineData(1, 4.605)]
    [InlineData(5, 4.605)]
    [InlineData(6, 18.42)]
    public void VarianceAndBiasAreSumsOverTheEntries(int dimension, double level)
    {
        double variance = 0, bias = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                int first = (i == 0 ? 1 : 0) + (j == 0 ? 1 : 0);
                double others = i == j && i > 0 ? 3 : 1, mean = i != j ? 0 : Integral(i == 0 ? 2 : 1, level);
                variance += (others * Integral(2 + first, level)) - (mean * mean);
                double target = i != j ? 0 : i == 0 ? 3 : 1;
                bias += (mean - target) * (mean - target);
            }
        }

        Assert.Equal(variance, TruncatedRankOne.Variance(dimension, level), 1e-7 * variance);
        Assert.Equal(bias, TruncatedRankOne.SquaredBias(dimension, level), 1e-7);
    }

    // At R = 4·log(1/δ) the noise of means hides the bias; draws from the tail do not.
    [Fact]
    public void TheControlIsRefutedInTheTailToo()
    {
        CheckResult control = new Lemma20Simulated().CheckControl(TheoryInstance.Draw(3, 0));
        Inequality[] tail = [.. control.Claims.Where(claim => claim.Statement.Contains("tail", StringComparison.Ordinal))];
        Assert.Equal(2, tail.Length);
        Assert.All(tail, claim => Assert.False(claim.Holds));
    }

    // The edge of the block across A is not far from the norm at d/m = 64/2000 alone, where large ζ make it longer.
    [Fact]
    public void TheControlIsRefutedAtMostDimensionsAndLevels()
        => Assert.InRange(new Lemma20Dimension().CheckControl(TheoryInstance.Draw(3, 0)).Claims.Count(claim => !claim.Holds), 7, 9);

    private static double Integral(int power, double level)
    {
        const int Intervals = 20_000;
        double end = Math.Sqrt(level), step = end / Intervals, sum = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            double x = i * step, weight = i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Pow(x, 2 * power) * Math.Exp(-x * x / 2);
        }

        return 2 * sum * step / 3 / Math.Sqrt(2 * Math.PI);
    }
}
