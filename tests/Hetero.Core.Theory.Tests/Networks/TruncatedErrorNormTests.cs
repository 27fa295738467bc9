using Hetero.Core.Theory.Networks;
using Xunit;

namespace Hetero.Core.Theory.Tests.Networks;

/// <summary>The limits that are known in closed form; L20-dimension compares with simulated norms in between.</summary>
public class TruncatedErrorNormTests
{
    // Without truncation: λ = g + 1/g = 5g in units of √(3c).
    // Corrections are of the order √c = 0.001, and that of a's own entry by √(96/3d) = 0.006, squared.
    [Fact]
    public void ForManySamplesTheNormIsTwoAndAHalfUnits()
    {
        const int D = 1_000_000;
        const long M = 1_000_000_000_000;
        double unit = Math.Sqrt(3.0 * D / M);
        Assert.Equal(2.5, TruncatedErrorNorm.Mean(D, M, 60) / unit, 0.01);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public void DownToTheBias(int dimension)
    {
        const double Printed = 4.605170186;
        Assert.Equal(TruncatedRankOne.BiasAlong(Printed), TruncatedErrorNorm.Mean(dimension, 100_000_000, Printed), 1e-3);
        Assert.Equal(TruncatedRankOne.BiasAlong(4 * Printed), TruncatedErrorNorm.Mean(dimension, 1_000_000_000_000, 4 * Printed), 1e-4);
    }

    // m and d fourfold leave the noise where it is but for a's own entry, which is 1/√m alone.
    [Fact]
    public void TheNormFallsWithBothTowardsTheLimit()
    {
        double few = TruncatedErrorNorm.Mean(17, 16_000, 18.42);
        double more = TruncatedErrorNorm.Mean(65, 64_000, 18.42), many = TruncatedErrorNorm.Mean(257, 256_000, 18.42);
        Assert.InRange(more / few, 0.85, 0.99);
        Assert.InRange(many / more, 0.92, 0.999);
    }
}
