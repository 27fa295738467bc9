using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class QuantilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.3)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 12.4)]
    [InlineData(1, 16)]
    public void Type_seven(double probability, double expected)
        => Assert.Equal(expected, Quantiles.OfSorted([1, 2, 4, 16], probability), 1e-12);

    [Fact]
    public void One_number_is_every_quantile() => Assert.Equal(7, Quantiles.OfSorted([7], 0.9));

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.6, double.PositiveInfinity)]
    [InlineData(0.9, double.PositiveInfinity)]
    [InlineData(1, double.PositiveInfinity)]
    public void Diverged_runs_are_infinite_and_never_nan(double probability, double expected)
        => Assert.Equal(expected, Quantiles.OfSorted([0, 1, 2, double.PositiveInfinity, double.PositiveInfinity], probability));
}
