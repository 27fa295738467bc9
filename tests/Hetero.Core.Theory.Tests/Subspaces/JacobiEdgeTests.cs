using Hetero.Core.Theory;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.Theory.Tests.Subspaces;

public class JacobiEdgeTests
{
    [Fact]
    public void IsSymmetricAndOneWhereSubspacesMeet()
    {
        Assert.Equal(JacobiEdge.LargestCosine(50, 3, 7), JacobiEdge.LargestCosine(50, 7, 3), 1e-15);
        Assert.Equal(1, JacobiEdge.LargestCosine(10, 4, 6));
        Assert.Equal(1, JacobiEdge.LargestCosine(10, 9, 9));

        // a = b = 1/4: 2·√(3/16).
        Assert.Equal(Math.Sqrt(3) / 2, JacobiEdge.LargestCosine(8, 2, 2), 1e-15);

        // √2 times √((r1 + r2)/d) for small shares.
        Assert.Equal(Math.Sqrt(2), JacobiEdge.LargestCosine(1_000_000, 5, 5) / Math.Sqrt(1e-5), 1e-4);
    }

    // Shares of 0.1 and 0.2 have the angle π/4 + π/4, whose centre is 0 whatever it is multiplied with.
    [Theory]
    [InlineData(4, 8)]
    [InlineData(4, 12)]
    public void TheFiniteSizeCentreTendsToTheEdge(int invariantRank, int spuriousRank)
    {
        double previous = double.MaxValue;
        foreach (int scale in new[] { 1, 10, 100, 1000 })
        {
            (double center, double spread) = JacobiEdge.LogitLaw(40 * scale, invariantRank * scale, spuriousRank * scale);
            double edge = JacobiEdge.LargestCosine(40 * scale, invariantRank * scale, spuriousRank * scale);
            double difference = Math.Abs(center - Math.Log(edge * edge / (1 - (edge * edge))));
            Assert.True(difference < previous / 5);
            previous = difference;

            // A scale of N^(−2/3) at fixed shares.
            (_, double eight) = JacobiEdge.LogitLaw(320 * scale, 8 * invariantRank * scale, 8 * spuriousRank * scale);
            Assert.Equal(4, spread / eight, scale == 1 ? 0.3 : 0.03);
        }
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("spuriousRank", Assert.Throws<ArgumentOutOfRangeException>(() => JacobiEdge.LargestCosine(5, 1, 6)).ParamName);
        Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => JacobiEdge.LogitLaw(5, 2, 3)).ParamName);
    }
}
