using Hetero.Core.Statistics;
using Xunit;

namespace Hetero.Core.Tests.Statistics;

public class LaurentMassartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(400)]
    public void BothTailsAreBelowTheExponential(double degrees)
    {
        foreach (double x in new[] { 0.0, 0.3, 1, 3, 10, 20 })
        {
            double upper = 1 - Support.PlainStatistics.ChiSquaredCdf(LaurentMassart.Upper(degrees, x), degrees);
            double lower = Support.PlainStatistics.ChiSquaredCdf(LaurentMassart.Lower(degrees, x), degrees);
            Assert.True(upper <= Math.Exp(-x) + 1e-12, $"{upper} above {Math.Exp(-x)}");
            Assert.True(lower <= Math.Exp(-x) + 1e-12, $"{lower} above {Math.Exp(-x)}");
        }

        // Not idle either: the tail is within a factor of 100 of the bound at x = 3 in many degrees.
        Assert.True(degrees < 100 || 1 - Support.PlainStatistics.ChiSquaredCdf(LaurentMassart.Upper(degrees, 3), degrees) > 0.01 * Math.Exp(-3));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("degrees", Assert.Throws<ArgumentOutOfRangeException>(() => LaurentMassart.Lower(0, 1)).ParamName);
        Assert.Equal("exponent", Assert.Throws<ArgumentOutOfRangeException>(() => LaurentMassart.Upper(1, -1)).ParamName);
    }
}
