using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>Norms of numbers whose squares no format holds, and the symmetry that some of them presume, at every magnitude.</summary>
public sealed class NormMagnitudeTests
{
    [Fact]
    public void NormsGrowWithTheirMatrix()
    {
        Scales<double>([-1060, -900, -540, -160, 0, 300, 500, 512, 900, 1015]);
        Scales<float>([-140, -110, -63, -20, 0, 40, 63, 100, 120]);
    }

    /// <summary>10⁷ floats of one tiny size: the squares leave the range, and a plain sum of them would stand still at 2²⁴.</summary>
    [Fact]
    public void ALongVectorOfTinyNumbersHasItsNorm()
    {
        float[] x = new float[20_000_000];
        Array.Fill(x, 1e-30f);
        Assert.Equal(1e-30 * Math.Sqrt(2e7), Reductions.Norm<float>(x), 1e-30);
        Array.Fill(x, 1e30f);
        Assert.Equal(1e30 * Math.Sqrt(2e7), Reductions.Norm<float>(x), 1e30);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(1020)]
    [InlineData(-570)]
    [InlineData(-1000)]
    public void AMatrixThatIsNotSymmetricIsRefusedByItsEntries(int exponent)
    {
        // The lower triangle alone has the norm 1, the matrix 5.
        double unit = Math.ScaleB(1, exponent);
        double[] a = [unit, 5 * unit, 0, 0, unit, 0, 0, 0, unit], scratch = new double[Norms.GetSymmetricScratchLength<double>(3)];
        foreach (ArgumentException refusal in new[]
        {
            Assert.Throws<ArgumentException>(() => Norms.Operator<double>(new(a, 3, 3), scratch)),
            Assert.Throws<ArgumentException>(() => Norms.Nuclear<double>(new(a, 3, 3), scratch)),
        })
        {
            Assert.Equal("matrix", refusal.ParamName);
            Assert.Contains(FormattableString.Invariant($"holds 0 at (1, 0) and {5 * unit} at (0, 1); accepted is a symmetric matrix"), refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>What two orders of summation leave between an entry and its mirror image is no asymmetry.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-570)]
    [InlineData(-1022)]
    [InlineData(-1070)]
    public void OneUnitInTheLastPlaceIsAccepted(int exponent)
    {
        double unit = Math.ScaleB(1, exponent);
        double[] a = [2 * unit, unit, Math.BitIncrement(unit), 2 * unit], scratch = new double[Norms.GetSymmetricScratchLength<double>(2)];
        Assert.Equal(3 * unit, Norms.Operator<double>(new(a, 2, 2), scratch), unit * 1e-15 + double.Epsilon);
        Assert.Equal(4 * unit, Norms.Nuclear<double>(new(a, 2, 2), scratch), unit * 1e-15 + double.Epsilon);
    }

    /// <summary>f(2^k·A) = 2^k·f(A), up to the digits that numbers near the smallest have not.</summary>
    private static void Scales<T>(int[] exponents)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int N = 7;
        T[] a = Matrices.Mirrored(Data.Uniform<T>(N * N, 3), N);
        double[] norms = All(a, N);
        foreach (int exponent in exponents)
        {
            T[] scaled = Array.ConvertAll(a, x => T.ScaleB(x, exponent));
            double[] scaledNorms = All(scaled, N);
            double lost = double.CreateChecked(T.Epsilon) * N;
            for (int i = 0; i < norms.Length; i++)
            {
                double expected = Math.ScaleB(norms[i], exponent);
                Assert.Equal(expected, scaledNorms[i], (8 * double.CreateChecked(Data.Epsilon<T>()) * expected) + lost);
            }
        }
    }

    private static double[] All<T>(T[] a, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] scratch = new T[1000];
        T[] norms =
        [
            Reductions.Norm<T>(a),
            Norms.Frobenius<T>(new(a, n, n)),
            Norms.Operator<T>(new(a, n, n), scratch),
            Norms.Nuclear<T>(new(a, n, n), scratch),
            Norms.Spectral<T>(new(a, n, n), scratch),
            Norms.GeneralNuclear<T>(new(a, n, n), scratch),
        ];
        return Array.ConvertAll(norms, norm => double.CreateChecked(norm));
    }
}
