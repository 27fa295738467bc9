using Hetero.Core.Statistics;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Tests.Statistics;

public class ElementaryTests
{
    [Theory]
    [InlineData(1e-300)]
    [InlineData(3e-17)]
    [InlineData(-1e-12)]
    [InlineData(1e-6)]
    [InlineData(-1e-3)]
    public void SmallArgumentsKeepTheirDigits(double x)
    {
        // Five terms of the series.
        double log = x * (1 - (x * ((1 / 2.0) - (x * ((1 / 3.0) - (x * ((1 / 4.0) - (x / 5))))))));
        double exponential = x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5))))))));
        Assert.Equal(1, Elementary.LogOnePlus(x) / log, 1e-14);
        Assert.Equal(1, Elementary.ExpMinusOne(x) / exponential, 1e-14);
    }

    [Fact]
    public void LargeAndExtremeArgumentsHaveTheirValues()
    {
        Assert.Equal(Math.Log(4), Elementary.LogOnePlus(3), 15);
        Assert.Equal(Math.Log(0.25), Elementary.LogOnePlus(-0.75), 15);
        Assert.Equal(Math.E - 1, Elementary.ExpMinusOne(1), 15);
        Assert.Equal(double.NegativeInfinity, Elementary.LogOnePlus(-1));
        Assert.Equal(double.PositiveInfinity, Elementary.LogOnePlus(double.PositiveInfinity));
        Assert.Equal(-1, Elementary.ExpMinusOne(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Elementary.ExpMinusOne(double.PositiveInfinity));
        Assert.Equal(0, Elementary.ExpMinusOne(0));
        Assert.True(double.IsNaN(Elementary.LogOnePlus(-2)));
    }
}
