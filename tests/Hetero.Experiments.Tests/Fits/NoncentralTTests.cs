using Hetero.Core.Statistics;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

public class NoncentralTTests
{
    // Tables of Student's t, as the library's own quantile has them.
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(39)]
    [InlineData(5000)]
    public void Without_noncentrality_it_is_Students_tail(int degrees)
    {
        foreach (double tail in (double[])[0.4, 0.05, 0.0125, 1e-4])
        {
            double t = TailQuantile.StudentT(tail, degrees);
            Assert.Equal(tail, NoncentralT.Upper(t, degrees, 0), 1e-6 * tail);
            Assert.Equal(1 - tail, NoncentralT.Upper(-t, degrees, 0), 1e-6);
        }
    }

    // At t = 0 there is no integral left, Φ(δ); with four degrees and δ = 0 it is ½ − ⅜·q(1 − q²/12), q = t/√(1 + t²/4).
    [Fact]
    public void Closed_forms_are_met()
    {
        Assert.Equal(0.97724986805182079, NoncentralT.Upper(0, 4, 2), 1e-12);
        double q = 3 / Math.Sqrt(1 + (9 / 4.0));
        Assert.Equal(0.5 - (0.375 * q * (1 - (q * q / 12))), NoncentralT.Upper(3, 4, 0), 1e-9);
        Assert.Equal(0, NoncentralT.Upper(double.PositiveInfinity, 7, 3));
        Assert.Equal(1, NoncentralT.Upper(double.NegativeInfinity, 7, 3));
        Assert.True(double.IsNaN(NoncentralT.Upper(double.NaN, 7, 3)));
    }

    // 200,000 draws with √n·b̄/S at mean 1 and deviation 1: the share beyond t is within five standard errors of the tail but for one seed in a million.
    [Theory]
    [InlineData(5, 4)]
    [InlineData(8, 6)]
    public void The_tail_is_that_of_draws(int n, double t)
    {
        const int Draws = 200_000;
        double[] numbers = new double[n * Draws];
        new Core.Random.RandomStream(11).FillGaussian(numbers.AsSpan());
        int beyond = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] b = [.. numbers.AsSpan(draw * n, n).ToArray().Select(z => 1 + z)];
            double mean = b.Average(), deviation = Math.Sqrt(b.Sum(one => (one - mean) * (one - mean)) / (n - 1));
            beyond += Math.Sqrt(n) * mean / deviation > t ? 1 : 0;
        }

        double tail = NoncentralT.Upper(t, n - 1, Math.Sqrt(n));
        Assert.InRange(beyond / (double)Draws, tail - (5 * Math.Sqrt(tail / Draws)), tail + (5 * Math.Sqrt(tail / Draws)));
    }
}
