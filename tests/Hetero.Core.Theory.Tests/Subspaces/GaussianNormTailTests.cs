using Hetero.Core.Statistics;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.Theory.Tests.Subspaces;

public class GaussianNormTailTests
{
    // One column is a vector: χ² of n degrees of freedom, e^(−x/2)·Σ_{k<n/2} (x/2)^k/k! for even n.
    [Theory]
    [InlineData(2, 3)]
    [InlineData(6, 2)]
    [InlineData(6, 9)]
    [InlineData(10, 20)]
    public void OneColumnHasTheLawOfItsLength(int n, double s)
    {
        double x = 0.5 * s * s, term = 1, sum = 0;
        for (int k = 0; k < n / 2; term *= x / ++k)
        {
            sum += term;
        }

        Assert.Equal(1, GaussianNormTail.Above(n, 1, s) / (sum * Math.Exp(-x)), 1e-9);
        Assert.Equal(GaussianNormTail.Above(n, 1, s), GaussianNormTail.Above(1, n, s));
    }

    // Of a 2×2 matrix with rows (a, b) and (c, d), (a + d)² + (b − c)² = (σ_1 + σ_2)² and (a − d)² + (b + c)² = (σ_1 − σ_2)² are independent: √2·σ_1 is the sum of two
    // Rayleigh numbers, and P(sum > z) = e^(−z²/2) + ∫_0^z x·e^(−x²/2)·e^(−(z − x)²/2)dx.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void TwoByTwoIsASumOfRayleighNumbers(double s)
    {
        const int Intervals = 20_000;
        double z = Math.Sqrt(2) * s, sum = 0;
        for (int i = 0; i < Intervals; i++)
        {
            double x = z * (i + 0.5) / Intervals;
            sum += x * Math.Exp(-0.5 * ((x * x) + ((z - x) * (z - x)))) * z / Intervals;
        }

        Assert.Equal(1, GaussianNormTail.Above(2, 2, s) / (Math.Exp(-0.5 * z * z) + sum), 1e-5);
    }

    // Near the middle of the law, against the largest singular values of drawn matrices: five standard errors are 0.011, a false alarm in 10⁶ seeds.
    [Theory]
    [InlineData(3, 5, 3.7)]
    [InlineData(7, 7, 5)]
    public void LargerMatricesAgreeWithDraws(int rows, int columns, double s)
    {
        const int Draws = 50_000;
        System.Random random = new(5);
        int count = 0;
        double[,] g = new double[rows, columns];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    g[i, j] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                }
            }

            count += IsAbove(g, rows, columns, s * s) ? 1 : 0;
        }

        double expected = GaussianNormTail.Above(rows, columns, s);
        Assert.InRange(expected, 0.1, 0.9);
        Assert.InRange((double)count / Draws, expected - 0.0112, expected + 0.0112);
    }

    // The rate of large deviations, I = ½√(x(x − 4)) − arcosh(x/2 − 1) for r×r at σ_1² = x·r, is 1.0657 at x = 8; the rest grows like ½·log r.
    [Fact]
    public void LargeMatricesHaveTheRateOfLargeDeviations()
    {
        double rate = (0.5 * Math.Sqrt(32)) - Math.Log(3 + Math.Sqrt(8));
        double twenty = -Math.Log(GaussianNormTail.Above(20, 20, Math.Sqrt(160))), forty = -Math.Log(GaussianNormTail.Above(40, 40, Math.Sqrt(320)));
        Assert.InRange(forty - twenty - (20 * rate), 0.25, 0.4);
    }

    // σ_1² > x if x − GGᵀ is not positive definite: Gaussian elimination with its diagonal.
    private static bool IsAbove(double[,] g, int rows, int columns, double x)
    {
        double[,] a = new double[rows, rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                a[i, j] = i == j ? x : 0;
                for (int k = 0; k < columns; k++)
                {
                    a[i, j] -= g[i, k] * g[j, k];
                }
            }
        }

        for (int p = 0; p < rows; p++)
        {
            if (a[p, p] <= 0)
            {
                return true;
            }

            for (int i = p + 1; i < rows; i++)
            {
                for (int j = p + 1; j < rows; j++)
                {
                    a[i, j] -= a[i, p] * a[p, j] / a[p, p];
                }
            }
        }

        return false;
    }
}
