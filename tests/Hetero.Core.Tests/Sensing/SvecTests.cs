using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

public class SvecTests
{
    [Fact]
    public void IsAnIsometryWithAnInverse()
        => Properties.Check(SymmetricMatrixArbitrary.Any(70), matrix =>
        {
            int d = matrix.Dimension;
            double[] x = matrix.Create(), y = (matrix with { Seed = matrix.Seed + 1 }).Create();
            double[] sx = Pack(x, d), sy = Pack(y, d);
            double product = 0, packed = 0, scale = 0;
            for (int i = 0; i < x.Length; i++)
            {
                product += x[i] * y[i];
                scale += Math.Abs(x[i] * y[i]);
            }

            for (int i = 0; i < sx.Length; i++)
            {
                packed += sx[i] * sy[i];
            }

            Assert.Equal(product, packed, 1e-14 * (d + 1) * (scale + 1));
            double[] back = new double[d * d];
            Svec.Unpack<double>(sx, new MatrixSpan<double>(back, d, d));
            for (int i = 0; i < x.Length; i++)
            {
                Assert.Equal(x[i], back[i], 4e-16 * Math.Abs(x[i]));
            }
        });

    [Fact]
    public void EntriesLieWhereIndexOfSays()
        => Properties.Check(SymmetricMatrixArbitrary.Any(70), matrix =>
        {
            int d = matrix.Dimension;
            double[] x = matrix.Create(), packed = Pack(x, d);
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    Assert.Equal(x[(i * d) + j] * (i == j ? 1 : Math.Sqrt(2)), packed[Svec.IndexOf(i, j)]);
                }
            }
        });

    [Fact]
    public void TheSymmetricPartActsLikeTheMatrixOnSymmetricOnes()
        => Properties.Check(SymmetricMatrixArbitrary.Any(70), matrix =>
        {
            int d = matrix.Dimension;
            double[] any = Data.Uniform<double>(d * d, (int)matrix.Seed), symmetric = matrix.Create();
            double[] packed = new double[Svec.Length(d)];
            Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<double>(any, d, d), packed);
            double expected = any.Zip(symmetric, (a, b) => a * b).Sum();
            Assert.Equal(expected, packed.Zip(Pack(symmetric, d), (a, b) => a * b).Sum(), 1e-13 * (d + 1));
        });

    [Fact]
    public void TransposedViewsPackTheSame()
    {
        double[] x = new SymmetricMatrixDescription(9, 9, 3).Create(), packed = new double[45];
        Svec.Pack(new ReadOnlyMatrixSpan<double>(x, 9, 9).Transposed, packed);
        Assert.Equal(Pack(x, 9), packed);
    }

    [Fact]
    public void WrongShapesAreNamed()
    {
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => Svec.Pack(new ReadOnlyMatrixSpan<double>(new double[6], 2, 3), new double[3])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Svec.Pack(new ReadOnlyMatrixSpan<double>(new double[4], 2, 2), new double[4])).ParamName);
        Assert.Equal("svec", Assert.Throws<ArgumentException>(() => Svec.Unpack<double>(new double[4], new MatrixSpan<double>(new double[4], 2, 2))).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Svec.Length(65536));
        Assert.Equal(65535 * 32768, Svec.Length(65535));
    }

    private static double[] Pack(double[] matrix, int d)
    {
        double[] packed = new double[Svec.Length(d)];
        Svec.Pack(new ReadOnlyMatrixSpan<double>(matrix, d, d), packed);
        return packed;
    }
}
