using Hetero.Core.FsCheck.Shrinking;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

public class SimplicityTests
{
    [Fact]
    public void Numbers_are_ordered_by_how_they_read()
    {
        double[] order = [0, 1, -1, 0.001, -100, 0.3, -20, 0.25, 1.05, 0.1234, -0.1234, 1 / 3.0];
        Assert.Equal(order, order.OrderBy(Simplicity.Of));
        Assert.Equal(Simplicity.Of(1e-5), Simplicity.Of(1e17));
        Assert.Equal(Simplicity.Of(2e-300), Simplicity.Of(7000));
        Assert.Equal(Simplicity.Of(1.5e300), Simplicity.Of(15));
    }

    [Theory]
    [InlineData(0.0123456789, 0.01, 0.012, 0.0123)]
    [InlineData(-27.391, -10.0, -30.0, -27.0, -27.4, 27.391)]
    [InlineData(0.26, 0.1, 0.3)]
    [InlineData(0.2, 0.1)]
    [InlineData(0.36, 1.0, 0.4)]
    [InlineData(0.3, 0.1)]
    [InlineData(0.1)]
    [InlineData(-1, 1.0)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Simpler_numbers_are_near(double value, params double[] expected) => Assert.Equal(expected, Simplicity.Simpler(value));

    [Fact]
    public void Every_chain_of_simpler_numbers_ends()
    {
        System.Random random = new(1);
        for (int trial = 0; trial < 1000; trial++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300));
            int steps = 0;
            while (Simplicity.Simpler(value).LastOrDefault(double.NaN) is double simpler and not double.NaN)
            {
                Assert.True(Simplicity.Of(simpler) < Simplicity.Of(value));
                value = simpler;
                Assert.True(++steps < 40);
            }
        }
    }

    [Fact]
    public void Whole_numbers_and_seeds_go_down()
    {
        Assert.Equal([2, 6, 9], Shrink.Whole(10, 2));
        Assert.Equal([2], Shrink.Whole(3, 2));
        Assert.Empty(Shrink.Whole(2, 2));
        Assert.Empty(Shrink.Whole(1, 2));
        Assert.Equal([0UL, 1, 2], Shrink.Seed(3));
        Assert.Equal([0UL, 1, 2, 3, 4, 5, 6, 7, 8, 9, 678, 345_678], Shrink.Seed(12_345_678));
        Assert.Empty(Shrink.Seed(0));
    }
}
