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

    /// <summary>In one memory the numbers written would be read again: refused wherever the two overlap, and only there.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(9, true)]
    [InlineData(-1, false)]
    [InlineData(-5, false)]
    [InlineData(-6, true)]
    public void SharedMemoryIsRefused(int shift, bool isApart)
    {
        // A 3×3 matrix at 9, the 6 numbers of its svec from shift places later on.
        double[] memory = Data.Uniform<double>(27, 1);
        Memory<double> matrix = memory.AsMemory(9, 9), svec = memory.AsMemory(9 + shift, 6);
        Action[] calls =
        [
            () => Svec.Pack<double>(new ReadOnlyMatrixSpan<double>(matrix.Span, 3, 3), svec.Span),
            () => Svec.Pack<double>(new ReadOnlyMatrixSpan<double>(matrix.Span, 3, 3).Transposed, svec.Span),
            () => Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(matrix.Span, 3, 3), svec.Span),
            () => Svec.Unpack<double>(svec.Span, new MatrixSpan<double>(matrix.Span, 3, 3)),
        ];
        foreach (Action call in calls)
        {
            double[] before = [.. memory];
            if (isApart)
            {
                call();
                continue;
            }

            Assert.Equal("destination", Assert.Throws<ArgumentException>(call).ParamName);
            Assert.Equal(before, memory);
        }
    }

    [Fact]
    public void TheMeanOfHugeEntriesDoesNotOverflow()
    {
        double[] packed = new double[3];
        Svec.PackSymmetricPart<double>(new([0, 1e308, 1.2e308, 0], 2, 2), packed);
        Assert.Equal(1.1e308 * Math.Sqrt(2), packed[1], 1e293);
        float[] single = new float[3];
        Svec.PackSymmetricPart<float>(new([0, 2e38f, 2e38f, 0], 2, 2), single);
        Assert.Equal(2e38f * MathF.Sqrt(2), single[1], 1e32f);

        // The same bits as 2¹⁰ times smaller entries have, 2¹⁰ times larger.
        double[] entries = Data.Uniform<double>(200, 2);
        for (int i = 0; i < entries.Length; i += 2)
        {
            double[] large = [0, Math.ScaleB(entries[i], 1023), Math.ScaleB(entries[i + 1], 1023), 0], small = [.. large.Select(x => Math.ScaleB(x, -10))];
            double[] packedSmall = new double[3];
            Svec.PackSymmetricPart<double>(new(large, 2, 2), packed);
            Svec.PackSymmetricPart<double>(new(small, 2, 2), packedSmall);
            Assert.Equal(Math.ScaleB(packedSmall[1], 10), packed[1]);
        }
    }

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
