using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class SvgWriterTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.001, "0")]
    [InlineData(1.005, "1")]
    [InlineData(12.125, "12.13")]
    [InlineData(-3.5, "-3.5")]
    [InlineData(1e6, "1000000")]
    public void Coordinates_have_at_most_two_decimals(double value, string expected) =>
        Assert.Equal(expected, SvgWriter.Number(value));

    [Fact]
    public void A_coordinate_that_is_no_number_is_refused() =>
        Assert.Contains("value is NaN; accepted: a finite coordinate", Assert.ThrowsAny<ArgumentException>(() => SvgWriter.Number(double.NaN)).Message);

    [Fact]
    public void Attributes_are_escaped()
    {
        SvgWriter svg = new();
        svg.Empty("a", ("b", "<\"&>"));
        Assert.Equal("<a b=\"&lt;&quot;&amp;&gt;\"/>\n", svg.ToString());
    }

    [Fact]
    public void A_document_with_open_elements_is_refused()
    {
        SvgWriter svg = new();
        svg.Open("g");
        Assert.Contains("<g> is still open", Assert.Throws<InvalidOperationException>(svg.ToString).Message);
    }
}
