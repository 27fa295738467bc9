using FsCheck;
using FsCheck.Fluent;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class ClipTests
{
    private static readonly Box Plot = new(10, 20, 100, 50);

    private static readonly Arbitrary<(double X, double Y)> Points =
        Gen.Choose(-300, 300).Two().Select(p => ((double)p.Item1, (double)p.Item2)).ToArbitrary();

    [Fact]
    public void What_is_left_of_a_segment_is_inside_and_on_it() => Prop.ForAll(Points, Points, (from, to) =>
    {
        (double X, double Y) a = from;
        (double X, double Y) b = to;
        if (!Clip.Segment(Plot, ref a, ref b))
        {
            // Then no point of it is inside.
            Assert.DoesNotContain(Enumerable.Range(0, 101), i => IsWellInside(from.X + (i * (to.X - from.X) / 100), from.Y + (i * (to.Y - from.Y) / 100)));
            return;
        }

        foreach ((double x, double y) in new[] { a, b })
        {
            Assert.True(Plot.Contains(x, y));
            double cross = ((to.X - from.X) * (y - from.Y)) - ((to.Y - from.Y) * (x - from.X));
            Assert.InRange(cross, -1e-6, 1e-6);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_left_of_an_area_is_inside() => Prop.ForAll(Points.Generator.ListOf().ToArbitrary(), corners =>
        Assert.All(Clip.Polygon(Plot, [.. corners]), p => Assert.True(Plot.Contains(p.X, p.Y)))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_area_around_the_plot_becomes_the_plot()
    {
        List<(double X, double Y)> cut = Clip.Polygon(Plot, [(-500, -500), (500, -500), (500, 500), (-500, 500)]);
        Assert.Equal(new[] { (10.0, 20.0), (10.0, 70.0), (110.0, 20.0), (110.0, 70.0) }, cut.Distinct().Order());
    }

    private static bool IsWellInside(double x, double y) => x > 10.01 && x < 109.99 && y > 20.01 && y < 69.99;
}
