using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class ProductGrowthTests
{
    private static readonly RandomStream Stream = new(5, StreamPurpose.User);

    // A square that overflows must not end as a vector of zeros, "dies out".
    [Fact]
    public void GrowthBeyondAllNumbersIsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>("rate", () => ProductGrowth.BatchMeans(DiagonalEnvironments.TwoPoint(1, 1, 1e200), 1e-5, default, 100));

    [Fact]
    public void DiagonalEnvironmentsHaveTheLargestScalarExponent()
    {
        FiniteEnvironments environments = new(2, [[3, 0, 0, -5], [-2, 0, 0, 7]]);
        double expected = Math.Max(Math.Log(1.15 * 0.9) / 2, Math.Log(0.75 * 1.35) / 2);
        Assert.Equal(expected, ProductGrowth.Exact(environments, 0.05)!.Value, 14);
        ConfidenceInterval interval = ProductGrowth.Estimate(environments, 0.05, Stream, 100, 0.99);
        Assert.Equal(expected, interval.Estimate, 14);
        Assert.Equal(interval.Lower, interval.Upper);
        Assert.NotNull(ProductGrowth.Exact(new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 1, 6), 0), 0.05));
        Assert.Null(ProductGrowth.Exact(new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 1, 6), 1), 0.05));
    }

    [Fact]
    public void AProductWithKnownExponentIsCovered()
    {
        // Σ = ±[[0, 1], [1, 0]]: all commute, with eigenvalues 1 ± x in turn, so the exponent is E log|1 ± 0.3| = log(0.91)/2. The interval
        // is at 1 − 1e-6.
        OffDiagonalEnvironments swap = new(DiagonalEnvironments.TwoPoint(2, 0, 0), 1);
        Assert.True(ProductGrowth.Estimate(swap, 0.3, Stream, 100_000, 1 - 1e-6).Contains(Math.Log(0.91) / 2));

        // The exponent of one matrix is the logarithm of its largest eigenvalue.
        FiniteEnvironments single = new(2, [[2, 1, 1, 2]]);
        ConfidenceInterval interval = ProductGrowth.Estimate(single, 0.1, Stream, 1000, 0.99);
        Assert.Equal(Math.Log(1.3), interval.Estimate, 12);
    }

    [Fact]
    public void AProductThatMixesDirectionsHasTheExponentOfItsInvariantLaw()
    {
        // I + Σ = R(θ)diag(a, 1/a)R(−θ) with θ = 0 or π/4.
        const double A = 1.5;
        double shear = (A - (1 / A)) / 2, mean = (A + (1 / A)) / 2;
        FiniteEnvironments pair = new(2, [[A - 1, 0, 0, (1 / A) - 1], [mean - 1, shear, shear, mean - 1]]);
        ConfidenceInterval top = ProductGrowth.Estimate(pair, 1, Stream, 200_000, 1 - 1e-6);

        // Furstenberg's formula: the mean growth over the invariant law of the direction, which a grid of directions finds by iteration.
        const int Grid = 4000;
        double[] density = new double[Grid];
        Array.Fill(density, 1.0 / Grid);
        double exponent = 0;
        for (int round = 0; round < 200; round++)
        {
            double[] next = new double[Grid];
            exponent = 0;
            for (int i = 0; i < Grid; i++)
            {
                double angle = Math.PI * (i + 0.5) / Grid, x = Math.Cos(angle), y = Math.Sin(angle);
                foreach ((double u, double v) in new[] { (A * x, y / A), ((mean * x) + (shear * y), (shear * x) + (mean * y)) })
                {
                    exponent += density[i] * Math.Log(Math.Sqrt((u * u) + (v * v))) / 2;
                    double place = (Math.Atan2(v, u) / Math.PI * Grid) - 0.5;
                    int cell = (int)Math.Floor(place);
                    next[((cell % Grid) + Grid) % Grid] += density[i] / 2 * (1 - place + cell);
                    next[(((cell + 1) % Grid) + Grid) % Grid] += density[i] / 2 * (place - cell);
                }
            }

            density = next;
        }

        Assert.InRange(exponent, top.Lower - 1e-4, top.Upper + 1e-4);
        Assert.True(top.Upper - top.Lower < 0.02, top.ToString());
    }

    [Fact]
    public void ASingularFactorEndsTheProduct()
    {
        // I − ee^T with e = (1, 1)/√2, after which the vector (1, 1)/√2 is 0.
        FiniteEnvironments projection = new(2, [[-0.5, -0.5, -0.5, -0.5]]);
        Assert.All(ProductGrowth.BatchMeans(projection, 1, Stream, 100), mean => Assert.True(double.IsNegativeInfinity(mean) || mean < -30));

        // 1 − 1 = 0 exactly: the start (1, 1)/√2 is an eigenvector of the one, and the second mixes nothing into it.
        FiniteEnvironments singular = new(2, [[0, -1, -1, 0], [0.5, 0, 0, 0.5]]);
        Assert.Equal(double.NegativeInfinity, ProductGrowth.Estimate(singular, 1, Stream, 1000, 0.9).Upper);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProductGrowth.BatchMeans(projection, 1, Stream, 99));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProductGrowth.BatchMeans(projection, 0, Stream, 100));
    }
}
