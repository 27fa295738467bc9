using System.Globalization;
using Hetero.Experiments.Values;
using Xunit;

namespace Hetero.Experiments.Tests.Values;

/// <summary>Numbers at even distances, wherever the ends are.</summary>
public class NumberSyntaxTests
{
    [Theory]
    [InlineData("-1e308:1e308:3", new[] { -1e308, 0, 1e308 })]
    [InlineData("1e308:1.7e308:5", new[] { 1e308, 1.175e308, 1.35e308, 1.525e308, 1.7e308 })]
    [InlineData("1.7976931348623157e308:1.7976931348623157e308:4", new[] { double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue })]
    [InlineData("-5:7:4", new double[] { -5, -1, 3, 7 })]
    [InlineData("7:-5:4", new double[] { 7, 3, -1, -5 })]
    public void A_series_is_even_up_to_the_largest_numbers(string text, double[] expected)
    {
        Assert.True(NumberSyntax.FiniteSeries.TryRead(text, out double[] values));
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.InRange(pair.Second, pair.First - (4e-16 * Math.Abs(pair.First)), pair.First + (4e-16 * Math.Abs(pair.First))));
    }

    [Theory]
    [InlineData(1e303)]
    [InlineData(1e308)]
    [InlineData(double.MaxValue)]
    public void A_long_series_of_large_numbers_rises(double last)
    {
        Assert.True(NumberSyntax.FiniteSeries.TryRead(string.Create(CultureInfo.InvariantCulture, $"{-last}:{last}:100000"), out double[] values));
        Assert.Equal((100_000, -last, last), (values.Length, values[0], values[^1]));
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }
}
