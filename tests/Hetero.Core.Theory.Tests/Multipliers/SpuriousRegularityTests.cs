using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class SpuriousRegularityTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(-2, 0.5)]
    [InlineData(0, 3)]
    public void ClosedFormsHold(double mean, double spread)
    {
        SpuriousRegularity points = SpuriousRegularity.Of(DiagonalEnvironments.TwoPoint(3, mean, spread, ownDraws: true));
        SpuriousRegularity uniform = SpuriousRegularity.Of(DiagonalEnvironments.Uniform(3, mean, spread));
        Assert.Equal(Math.Abs(mean) + spread, points.Bound, 14);
        Assert.Equal(points.Bound, uniform.Bound);
        Assert.Equal(spread * spread / (1 + Math.Abs(mean)), points.Heterogeneity, 13);
        Assert.Equal(points.Heterogeneity / 3, uniform.Heterogeneity, 13);
        Assert.Equal(0, points.OffDiagonal);
        Assert.Equal(points.Bound / points.Heterogeneity, points.BoundRatio);
        Assert.True(points.IsWindowEmpty);
        Assert.True(points.Window.Lower >= points.Window.Upper);
    }

    [Fact]
    public void TheWindowOpensBeyond1536()
    {
        // M²/2 > 1536(M + 1): M > 1536 + √(1536·1538) = 3072.9997.
        Assert.True(SpuriousRegularity.Of(DiagonalEnvironments.TwoPoint(1, 1, 3072.99)).IsWindowEmpty);
        SpuriousRegularity open = SpuriousRegularity.Of(DiagonalEnvironments.TwoPoint(1, 1, 3073.01));
        Assert.False(open.IsWindowEmpty);
        Assert.True(open.Window.Lower < open.Window.Upper);
        Assert.Equal(24 / (3073.01 * 3073.01 / 2), open.Window.Lower, 1e-15);
        Assert.Equal(1 / (64 * 3074.01), open.Window.Upper, 1e-18);
    }

    [Fact]
    public void TheOffDiagonalIsTheLargestRow()
    {
        SpuriousRegularity off = SpuriousRegularity.Of(new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(3, 1, 6), 0.1));
        Assert.Equal(9 * 2 * 0.1, off.OffDiagonal, 14);
        Assert.Equal(1.8 * Math.Pow(18, 1.5), off.DominanceConstant, 12);
        SpuriousRegularity finite = SpuriousRegularity.Of(new FiniteEnvironments(2, [[1, -3, -3, 2], [0, 1, 1, 0]]));
        Assert.Equal(4 * 3, finite.OffDiagonal, 14);
        Assert.Equal(2, finite.Bound);
        Assert.Equal(0.25 / 1.5, finite.Heterogeneity, 14);
        Assert.Equal(double.PositiveInfinity, SpuriousRegularity.Of(DiagonalEnvironments.TwoPoint(1, 1, 0)).BoundRatio);
    }

    [Fact]
    public void AListOfEnvironmentsHasTheNumbersOfItsClosedForm()
    {
        DiagonalEnvironments diagonal = DiagonalEnvironments.TwoPoint(3, 0.5, 4, ownDraws: true);
        OffDiagonalEnvironments both = new(diagonal, 0.25);
        double[] weights = new double[both.Count!.Value];
        double[][] list = new double[weights.Length][];
        for (int e = 0; e < weights.Length; e++)
        {
            weights[e] = 1.0 / weights.Length;
            both.CopyMatrix(e, list[e] = new double[9]);
        }

        SpuriousRegularity closed = SpuriousRegularity.Of(both), summed = SpuriousRegularity.Of(new FiniteEnvironments(3, list, weights));
        Assert.Equal((4.5, 16 / 1.5, 9 * 0.5), (closed.Bound, closed.Heterogeneity, closed.OffDiagonal));
        Assert.Equal(closed.Bound, summed.Bound, 1e-12);
        Assert.Equal(closed.Heterogeneity, summed.Heterogeneity, 1e-9);
        Assert.Equal(closed.OffDiagonal, summed.OffDiagonal, 1e-12);
    }
}
