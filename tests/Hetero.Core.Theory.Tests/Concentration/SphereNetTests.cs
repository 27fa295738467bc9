using Hetero.Core.Numerics;
using Hetero.Core.Theory.Concentration;
using Xunit;

namespace Hetero.Core.Theory.Tests.Concentration;

public class SphereNetTests
{
    public static TheoryData<int, double> Cases
    {
        get
        {
            TheoryData<int, double> cases = [];
            foreach (double radius in new[] { 0.1, 0.25, 0.49, 1, Math.Sqrt(2), 1.9, 2, 5 })
            {
                cases.Add(1, radius);
                cases.Add(2, radius);
                cases.Add(3, radius);
            }

            return cases;
        }
    }

    // Points of the sphere drawn at random know nothing of the grids by which the net is made and proved.
    [Theory]
    [MemberData(nameof(Cases))]
    public void CoversTheSphereWithFewPoints(int n, double radius)
    {
        SphereNet net = SphereNet.Create(n, radius);
        double proved = net.CoveringRadiusBound(), furthest = 0;
        System.Random random = new(n);
        for (int trial = 0; trial < 3000; trial++)
        {
            double[] point = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6)];
            double norm = Math.Sqrt(point.Sum(x => x * x));
            furthest = Math.Max(furthest, net.Distance([.. point.Select(x => x / norm)]));
        }

        Assert.True(furthest <= radius + 1e-12);
        Assert.True(furthest <= proved + 1e-7);
        Assert.True(proved <= radius + 1e-12);
        Assert.True(net.Count <= Math.Pow((2 / radius) + 1, n));
        Assert.Equal((n, radius), (net.Dimension, net.Radius));
    }

    // A corner covers an arc of 2·asin(ε/2) on either side: π/3 at ε = 1, so that three corners do.
    [Theory]
    [InlineData(1.0, 3)]
    [InlineData(1.5, 2)]
    [InlineData(0.5, 7)]
    public void OnTheCircleItIsASmallestOne(double radius, int corners) => Assert.Equal(corners, SphereNet.Create(2, radius).Count);

    // Without the points of a cap of radius 0.4 its middle is further than 0.3 from the rest.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void AHoleIsFoundOut(int n)
    {
        SphereNet net = SphereNet.Create(n, 0.3);
        double[] middle = [.. Enumerable.Repeat(1 / Math.Sqrt(n), n)];
        bool IsOutside(double[] point) => point.Zip(middle, (x, y) => (x - y) * (x - y)).Sum() > 0.16;
        double[] rest = [.. net.Points.Data.ToArray().Chunk(n).Where(IsOutside).SelectMany(point => point)];
        Assert.True(rest.Length < net.Count * n);
        Assert.True(new SphereNet(new(rest, rest.Length / n, n), 0.3).CoveringRadiusBound() > 0.3);
    }

    [Fact]
    public void OnePointDoesNotCoverTwo()
    {
        Assert.Equal(2, new SphereNet(new([1], 1, 1), 0.5).CoveringRadiusBound());
        Assert.Equal(0, new SphereNet(new([-1, 1], 2, 1), 0.5).CoveringRadiusBound());
        Assert.Equal(Math.Sqrt(2), new SphereNet(new([0, 1, 0, -1], 2, 2), 0.5).CoveringRadiusBound(), 1e-15);
        Assert.Equal(2, new SphereNet(new([0, 1], 1, 2), 0.5).CoveringRadiusBound(), 1e-15);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => SphereNet.Create(4, 0.5)).ParamName);
        Assert.Equal("radius", Assert.Throws<ArgumentOutOfRangeException>(() => SphereNet.Create(2, 0)).ParamName);
        Assert.Equal("radius", Assert.Throws<ArgumentOutOfRangeException>(() => SphereNet.Create(3, 0.01)).ParamName);
        Assert.Equal("points", Assert.Throws<ArgumentException>(() => new SphereNet(new([1, 1], 1, 2), 0.5)).ParamName);
        Assert.Equal("points", Assert.Throws<ArgumentException>(() => new SphereNet(new([double.NaN, 1], 1, 2), 0.5)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => new SphereNet(new([1, 0, 0], 1, 3), 0.04));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => SphereNet.Create(2, 1e-10));
        Assert.Equal("points.Rows", Assert.Throws<ArgumentOutOfRangeException>(() => new SphereNet(new([], 0, 2), 0.5)).ParamName);
        Assert.Equal("point", Assert.Throws<ArgumentException>(() => SphereNet.Create(2, 1).Distance([1])).ParamName);
    }
}
