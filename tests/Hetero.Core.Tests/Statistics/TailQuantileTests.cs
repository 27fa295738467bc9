using Hetero.Core.Statistics;
using Xunit;
using Plain = Hetero.Core.Tests.Support.PlainStatistics;

namespace Hetero.Core.Tests.Statistics;

public class TailQuantileTests
{
    // Φ's printed tables.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.025, 1.959963984540054)]
    [InlineData(1e-3, 3.090232306167814)]
    [InlineData(1e-9, 5.997807015007686)]
    public void TheNormalQuantileIsThePrintedOne(double tail, double quantile)
        => Assert.Equal(quantile, TailQuantile.Normal(tail), 1e-8);

    [Theory]
    [InlineData(0.025, 5)]
    [InlineData(1e-7, 40)]
    [InlineData(0.3, 2000)]
    public void AChiSquaredQuantileHasItsTail(double tail, double degrees)
    {
        Assert.Equal(tail, 1 - Plain.ChiSquaredCdf(TailQuantile.ChiSquaredUpper(tail, degrees), degrees), (tail * 1e-6) + 1e-12);
        Assert.Equal(tail, Plain.ChiSquaredCdf(TailQuantile.ChiSquaredLower(tail, degrees), degrees), tail * 1e-6);
    }

    // Closed forms: one degree is Cauchy's law, two have t = u·√(2/(1−u²)) with u = 1 − 2·tail.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.01)]
    [InlineData(1e-6)]
    public void StudentsQuantileHasItsClosedForms(double tail)
    {
        double cauchy = 1 / Math.Tan(Math.PI * tail), u = 1 - (2 * tail);
        Assert.Equal(1, TailQuantile.StudentT(tail, 1) / cauchy, 1e-9);
        Assert.Equal(1, TailQuantile.StudentT(tail, 2) / (u * Math.Sqrt(2 / (1 - (u * u)))), 1e-9);
        Assert.Equal(TailQuantile.Normal(tail), TailQuantile.StudentT(tail, 1e9), 1e-6);
    }
}
